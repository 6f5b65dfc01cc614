"""What a receipt costs: CPU time of the composer's, less that of one fixed text in the same MIME form.

`python -m tests.bench.receipts` runs it alone.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from autoack.core.message import Customer
from autoack.letters import mime
from autoack.letters.compose import ReceiptFacts
from autoack.letters.letter import Letter
from tests.sheets.situations import LANGUAGES, NOW, receipts_of

_ROUNDS = 7
_EACH = 500  # letters a language and round
_BOUND = 1.0  # ms


def main() -> None:
    """Print the CPU time a receipt, the plain one's, and what lies between, as medians of all rounds."""
    composed, plain = [], []
    for _ in range(_ROUNDS):
        composed.append(statistics.mean(_of(_composed(language)) for language in LANGUAGES))
        plain.append(statistics.mean(_of(_plain(language)) for language in LANGUAGES))
    whole, fixed = statistics.median(composed), statistics.median(plain)
    print(
        f"a receipt: {whole:.3f} ms CPU; one fixed text in the same form: {fixed:.3f} ms; "
        f"the composer adds {whole - fixed:.3f} ms (bound: {_BOUND:g} ms)",
        flush=True,
    )


def _of(write: Callable[[int], object]) -> float:
    """Milliseconds of CPU for one letter, once everything is compiled."""
    write(0)
    gc.collect()
    began = time.process_time()
    for number in range(_EACH):
        write(number)
    return (time.process_time() - began) * 1000 / _EACH


def _composed(language: str) -> Callable[[int], Letter]:
    """Each receipt is another customer's, of another matter."""
    composer, situations = receipts_of(language)
    facts = list(situations.values())

    def write(number: int) -> Letter:
        return composer.receipt(_another(facts[number % len(facts)], number))

    return write


def _plain(language: str) -> Callable[[int], bytes]:
    """The text of one receipt, as it is, with other addresses and subjects."""
    composer, situations = receipts_of(language)
    first = next(iter(situations.values()))
    letter = composer.receipt(first)

    def write(number: int) -> bytes:
        facts = _another(first, number)
        head = mime.Head(
            sender=(facts.mailbox.from_name, facts.from_address),
            to=(facts.customer.name or "", facts.customer.address),
            subject=facts.subject,
            message_id=facts.message_id,
            sent_at=NOW,
            language=language,
            auto_submitted="auto-replied",
            kind="receipt",
            ref=facts.thread.ref,
            in_reply_to=facts.in_reply_to,
            references=facts.references,
        )
        return mime.message(head, letter.text, letter.html)

    return write


def _another(facts: ReceiptFacts, number: int) -> ReceiptFacts:
    customer = Customer(f"kupac{number}@kupac.example", facts.customer.name, facts.customer.honorific)
    return replace(facts, customer=customer, subject=f"{facts.subject} {number}")


if __name__ == "__main__":
    main()
