"""Texts in which nothing is to be found, one sort and language each; a test spoils one thing in one of them."""

RECEIPT_HR = """\
{{ salutation }}

hvala Vam na poruci{% if subject %} „{{ subject }}”{% endif %}. Uredno smo je primili.

Odgovorit ćemo Vam {% if promised %}**{{ promised }}**{% else %}čim je pročitamo{% endif %}.
{% if opens %}

Ponovno radimo {{ opens }}.
{% endif %}

Ispričavamo se zbog kašnjenja. Želite li nešto dodati, odgovorite na ovu poruku.
{%- if phone %} Javite nam se i na {{ phone }}.{% endif %} Oznaka upita je {{ ref }}.

Srdačan pozdrav
{{ from_name }}
"""

RECEIPT_SR_LATN = """\
{{ salutation }}

hvala Vam na poruci{% if subject %} „{{ subject }}“{% endif %}. Uredno smo je primili.

Rešenje ćemo Vam javiti {% if promised %}**{{ promised }}**{% else %}čim je pročitamo{% endif %}.

Izvinjavamo se zbog kašnjenja. Ako želite nešto da dodate, odgovorite na ovu poruku. Oznaka upita je {{ ref }}.

Srdačan pozdrav,
{{ from_name }}
"""

RECEIPT_SR_CYRL = """\
{{ salutation }}

хвала Вам на поруци{% if subject %} „{{ subject }}“{% endif %}. Уредно смо је примили.

Решење ћемо Вам јавити {% if promised %}**{{ promised }}**{% else %}чим је прочитамо{% endif %}.

Извињавамо се због кашњења. Ако желите нешто да додате, одговорите на ову поруку. Ознака упита је {{ ref }}.

Срдачан поздрав,
{{ from_name }}
"""

RECEIPT_HU = """\
{{ salutation }}

Köszönjük{% if subject %} „{{ subject }}” tárgyú{% endif %} levelét. Rendben megérkezett hozzánk.

Válaszolunk Önnek {% if promised %}**{{ promised }}**{% else %}a lehető leghamarabb{% endif %}.

Elnézését kérjük a késésért. Ha hozzátenne valamit, válaszoljon erre a levélre. Azonosító: {{ ref }}.

Üdvözlettel:
{{ from_name }}
"""

RECEIPT_EN = """\
{{ salutation }}

Thank you for your message{% if subject %} “{{ subject }}”{% endif %}. It has reached us safely.

We will answer {% if promised %}**{{ promised }}**{% else %}as soon as we can{% endif %}.

We are sorry for the delay. To add anything, reply to this email. Your reference is {{ ref }}.

Kind regards,
{{ from_name }}
"""

CHECK_HR = """\
---
subject: "Slanje radi: {{ mailbox }}"
---
{{ salutation }}

ovo je probna poruka.

Srdačan pozdrav
{{ from_name }}
"""

CHECK_HU = """\
---
subject: "Működik a küldés: {{ mailbox }}"
---
{{ salutation }}

Ez próbalevél.

Üdvözlettel:
{{ from_name }}
"""

CHECK_EN = """\
---
subject: "Sending works: {{ mailbox }}"
---
{{ salutation }}

This is a test mail.

Kind regards,
{{ from_name }}
"""

CHECK_SR_CYRL = """\
---
subject: "Слање ради: {{ mailbox }}"
---
{{ salutation }}

ово је пробна порука.

Срдачан поздрав,
{{ from_name }}
"""

ANSWER_EN = """\
---
id: returns
language: en
title: How to send something back
questions:
  - How do I return my order?
  - Can I send it back?
link: https://www.fruit.example/returns
steps:
  - Pack the goods.
  - Hand the parcel in.
---
You can send your order back to {{ organisation }} at our cost.

1. Pack the goods.
2. Put the slip in.
3. Hand the parcel in.

Once it has arrived, you will get your money back.
"""

ANSWER_HR = """\
---
id: povrat
language: hr
title: Povrat robe
questions:
  - Kako mogu vratiti robu?
steps:
  - Zapakirajte robu.
  - Predajte paket u pošti.
---
Robu nam možete vratiti besplatno. Čim stigne, vratit ćemo Vam novac.
"""

SOUND = {
    "receipt.hr.md": RECEIPT_HR,
    "receipt.sr-Latn.md": RECEIPT_SR_LATN,
    "receipt.sr-Cyrl.md": RECEIPT_SR_CYRL,
    "receipt.hu.md": RECEIPT_HU,
    "receipt.en.md": RECEIPT_EN,
    "check.hr.md": CHECK_HR,
    "check.hu.md": CHECK_HU,
    "check.en.md": CHECK_EN,
    "check.sr-Cyrl.md": CHECK_SR_CYRL,
    "returns.en.md": ANSWER_EN,
    "povrat.hr.md": ANSWER_HR,
}
