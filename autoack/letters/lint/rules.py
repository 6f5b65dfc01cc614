"""The rules by name (DESIGN section 8): for words and sentences, for whole letters, for the text as it was typed."""

from autoack.letters.lint import letter_rules, spacing_rules, typing_rules, wording_rules
from autoack.letters.lint.found import Rule

TEXT_RULES: dict[str, Rule] = {
    "capitals": typing_rules.capitals,
    "punctuation": typing_rules.punctuation,
    "quotes": typing_rules.quotes,
    "emoji": typing_rules.emoji,
    "doubled-word": typing_rules.doubled,
    "script": typing_rules.script,
    "left-over": typing_rules.left_over,
    "slang": wording_rules.slang,
    "negative": wording_rules.negative,
    "promotion": wording_rules.promotion,
    "apology": wording_rules.apology,
    "pronunciation": wording_rules.pronunciation,
    "address-form": wording_rules.address_form,
    "sentence-length": wording_rules.sentence_length,
    "paragraph-length": wording_rules.paragraph_length,
}
LETTER_RULES: dict[str, Rule] = {
    "end-mark": typing_rules.end_mark,
    "list-marks": typing_rules.list_marks,
    "steps": wording_rules.steps,
    "subject-missing": letter_rules.subject_missing,
    "subject-length": letter_rules.subject_length,
    "subject-front": letter_rules.subject_front,
    "greeting": letter_rules.greeting,
    "close": letter_rules.close,
    "signature": letter_rules.signature,
    "contact": letter_rules.contact,
    "thanks": letter_rules.thanks,
    "receipt-content": letter_rules.receipt_content,
    "typed-promise": letter_rules.typed_promise,
}
SOURCE_RULES: dict[str, Rule] = {"spacing": spacing_rules.spacing}
