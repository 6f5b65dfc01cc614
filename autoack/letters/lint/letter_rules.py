"""Rules on the whole letter: subject, greeting, close, signature, a way to people, and what a receipt must say."""

import re
from collections.abc import Iterator

from autoack.letters.lint.found import Found
from autoack.letters.lint.variables import ANSWERING, TO_CUSTOMERS, width
from autoack.letters.lint.words import words_for
from autoack.letters.lint.writing import Writing

_LONGEST_SUBJECT = 60  # characters
_FRONT = 30  # characters that a phone shows
_SIGNATURES = {"from_name", "organisation"}
_WAYS = {"phone", "website", "mailbox"}
_OWN_NAMES = {"from_name", "organisation"}
# What a receipt must say, and the values that say it.
_RECEIPT = {
    "promised": ({"promised"}, "when the answer comes", "{{ promised }}"),
    "matter": ({"subject", "category"}, "which of their matters it is about", "{{ subject }}"),
    "reference": ({"ref"}, "the reference", "{{ ref }}"),
}


def subject_missing(writing: Writing) -> Iterator[Found]:
    """A letter that we begin needs a subject of its own."""
    if writing.kind not in ANSWERING | {"answer"} and writing.subject is None:
        yield Found(1, "the letter has no subject", "`subject: …` in the front matter")


def subject_length(writing: Writing) -> Iterator[Found]:
    """Mail programs show 60 characters at most."""
    if writing.subject is not None:
        length = sum(width(writing.names[c]) if c in writing.names else 1 for c in writing.subject.text)
        if length > _LONGEST_SUBJECT:
            yield Found(
                writing.subject.line,
                f"the subject takes about {length} characters; {_LONGEST_SUBJECT} are shown",
            )


def subject_front(writing: Writing) -> Iterator[Found]:
    """The telling words stand first: a phone shows 30 characters."""
    subject = writing.subject
    if subject is None:
        return
    text = subject.latin.text.lstrip()
    filler = words_for(writing.language).filler.match(text)
    if filler:
        said = subject.as_written(filler[0])
        yield Found(
            subject.line, f"the subject begins with “{said}”, which tells nothing", "begin with the matter"
        )
    elif writing.names.get(text[:1]) in _OWN_NAMES:
        yield Found(
            subject.line,
            "the subject begins with our name, which the sender says already",
            "begin with the matter",
        )
    elif not re.search(r"[^\W\d_]{3}|[\ue000-\uf8ff]", text[:_FRONT]):
        yield Found(
            subject.line,
            f"the first {_FRONT} characters of the subject tell nothing",
            "begin with the matter",
        )


def greeting(writing: Writing) -> Iterator[Found]:
    """A letter begins with the salutation, which knows name, title and script; an answer is laid into one."""
    first = writing.blocks[0] if writing.blocks else None
    typed = words_for(writing.language).greeting.match(first.latin.text) if first else None
    if writing.kind == "answer":
        if first and (typed or "salutation" in writing.values(first)):
            yield Found(
                first.line,
                "the answer greets, and the letter that it is laid into has greeted",
                "leave it out",
            )
    elif first is None or "salutation" not in writing.values(first):
        said = (
            f"“{first.as_written(typed[0])}” is no personal greeting"
            if first and typed
            else "the letter does not greet"
        )
        yield Found(writing.line, said, "{{ salutation }}")


def close(writing: Writing) -> Iterator[Found]:
    """A letter ends courteously; an answer leaves that to the letter that it is laid into."""
    pattern = words_for(writing.language).close
    if writing.kind != "answer" and not any(pattern.search(b.latin.text) for b in writing.blocks[-2:]):
        yield Found(writing.end, "the letter has no courteous close")


def signature(writing: Writing) -> Iterator[Found]:
    """Somebody signs."""
    last = writing.blocks[-1:]
    if writing.kind != "answer" and not any(_SIGNATURES & writing.values(block) for block in last):
        yield Found(writing.end, "nobody signs the letter", "{{ from_name }}")


def contact(writing: Writing) -> Iterator[Found]:
    """A letter to a customer names a way to people."""
    if writing.kind not in TO_CUSTOMERS or _WAYS & writing.used:
        return
    reply = words_for(writing.language).reply
    if not any(reply.search(block.latin.text) for block in writing.blocks):
        yield Found(writing.end, "no way to people is named", "{{ phone }}, or that a reply reaches a person")


def thanks(writing: Writing) -> Iterator[Found]:
    """A customer is thanked for writing."""
    pattern = words_for(writing.language).thanks
    if writing.kind in TO_CUSTOMERS and not any(pattern.search(b.latin.text) for b in writing.blocks):
        yield Found(writing.line, "the customer is not thanked")


def receipt_content(writing: Writing) -> Iterator[Found]:
    """A receipt says when the answer comes, about what, and the reference."""
    if writing.kind == "receipt":
        for names, what, better in _RECEIPT.values():
            if not names & set(writing.names.values()):  # in some variant
                yield Found(writing.line, f"the receipt does not say {what}", better)


_TYPED_TIME = re.compile(
    r"(?<!\w)\d+\s*(?:h|hours?|sat[ai]?|dana?|days?|órán|napon|óra|nap)(?!\w)", re.IGNORECASE
)


def typed_promise(writing: Writing) -> Iterator[Found]:
    """A time that is typed is the same on holidays; the promise is counted by the calendar."""
    if writing.kind in TO_CUSTOMERS:
        for block in writing.blocks:
            for match in _TYPED_TIME.finditer(block.latin.text):
                said = block.as_written(match[0])
                yield Found(
                    block.latin.lines[match.start()],
                    f"“{said}” is not counted by the calendar",
                    "{{ promised }}",
                )
