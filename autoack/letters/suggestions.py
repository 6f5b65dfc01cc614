"""Suggests answers to frequent questions in receipts: the ops' files, read once, and those that fit a mail.

Suggested is what helps a customer at once: up to two short steps, or a link. Nobody who complains or swears is
sent to a page, nor anybody who is in conversation with the team already.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from autoack.core.answers import Answer, AnswerFault, read_answer
from autoack.core.category import strong_language
from autoack.core.decision import Decision
from autoack.core.matching import Matcher
from autoack.core.message import Mail
from autoack.core.plain import visible_line

_MOST_STEPS = 2  # three or more become a link (DESIGN section 8)
_CONVERSED_WITH = ("complaint", "praise")  # by a person, not with a page


class Suggestions:
    """At most `most` of these answers to a mail."""

    def __init__(self, answers: Iterable[Answer] = (), most: int = 0) -> None:
        self._matcher = Matcher(answers)
        self._most = most

    def fitting(self, mail: Mail, decision: Decision) -> tuple[Answer, ...]:
        """Those that fit what the mail asks, the best first; mostly none."""
        thread = decision.thread
        if (
            not self._most
            or thread is None
            or not decision.opens_thread
            or thread.category in _CONVERSED_WITH
        ):
            return ()
        if thread.strong_language or strong_language(mail.subject):
            return ()
        fits = self._matcher.fitting(mail.subject, mail.new_text, thread.language, most=self._most)
        return tuple(fit.answer for fit in fits if _suggestion(fit.answer))


def load(folder: Path, most: int, report: Callable[[str], None]) -> Suggestions:
    """What `texts` wants suggested; with 0 no file is read. `report` hears of each that cannot be used, by line."""
    if not most:
        return Suggestions()
    answers: list[Answer] = []
    for path, answer, faults in _read(folder):
        if answer is not None:
            answers.append(answer)
        for fault in faults:
            report(f"{path}:{fault.line}: {fault.says}")
    return Suggestions(answers, most)


def _read(folder: Path) -> Iterator[tuple[Path, Answer | None, list[AnswerFault]]]:
    for path in sorted(folder.glob("*.md")):
        try:
            content = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            says = f"the file is not UTF-8 (byte {error.start}); save it as UTF-8"
            yield path, None, [AnswerFault(1, says)]
        except OSError as error:
            yield path, None, [AnswerFault(1, f"the file cannot be read: {error.strerror}")]
        else:
            yield path, *read_answer(path.name, content)


def block(answers: Sequence[Answer]) -> str:
    """The lines of a receipt that tell of these answers; empty without any."""
    return "\n\n".join(filter(None, map(_suggestion, answers)))


def _suggestion(answer: Answer) -> str:
    """Title and steps, or title and link; empty where an answer has neither, for a receipt is no place for more."""
    title, steps = visible_line(answer.title), [visible_line(step) for step in answer.steps]
    if not steps or len(steps) > _MOST_STEPS:
        return f"{title}: {answer.link}" if answer.link else ""
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)] if len(steps) > 1 else steps
    return "\n".join([title, *numbered, *([answer.link] if answer.link else [])])
