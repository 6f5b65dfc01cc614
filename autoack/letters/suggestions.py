"""Answers to frequent questions: the ops' files, read once, and those that fit a mail: in receipts, drafts, reminders.

Suggested to a customer is what helps at once: up to two short steps, or a link. Nobody who complains or swears is
sent to a page, nor anybody who is in conversation with the team already. The team sees whatever fits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

from autoack.core.answers import Answer, AnswerFault, read_answer
from autoack.core.category import strong_language
from autoack.core.decision import Decision
from autoack.core.matching import Matcher
from autoack.core.message import Mail
from autoack.core.plain import shortened
from autoack.core.thread import Thread
from autoack.errors import LetterError
from autoack.letters import personal
from autoack.letters.personal import faults_of

MOST_STEPS = 2  # three or more become a link (DESIGN section 8)
_CONVERSED_WITH = ("complaint", "praise")  # by a person, not with a page


class Suggestions:
    """These answers, of which a receipt has at most `most`. They are gone through when one is first looked for."""

    def __init__(self, answers: Iterable[Answer] = (), most: int = 0) -> None:
        self._answers = answers
        self._most = most
        self._made: Matcher | None = None
        self._making = Lock()  # mails are decided in several threads

    @property
    def _matcher(self) -> Matcher:
        with self._making:
            if self._made is None:
                self._made = Matcher(self._answers)
                self._answers = ()
            return self._made

    def read(self) -> None:
        """Go through the answers now, not when one is first looked for."""
        _ = self._matcher

    def fitting(self, mail: Mail, decision: Decision) -> tuple[Answer, ...]:
        """Those that fit what the mail asks and a receipt can give, the best first; mostly none."""
        thread = decision.thread
        if not self._most or thread is None or not decision.opens_thread or _for_a_person(mail, thread):
            return ()
        fits = self._matcher.fitting(mail.subject, mail.new_text, thread.language, most=self._most)
        return tuple(fit.answer for fit in fits if _short_enough(fit.answer))

    def best(self, mail: Mail, thread: Thread) -> Answer | None:
        """The one that fits best, for a person to send: whatever its length; mostly none."""
        if _for_a_person(mail, thread):
            return None
        fits = self._matcher.fitting(mail.subject, mail.new_text, thread.language, most=1)
        return fits[0].answer if fits else None

    def for_team(self, thread: Thread, words: str) -> Answer | None:
        """The one that fits best what the customer wrote last, for whoever is told of the thread; mostly none."""
        if thread.category in _CONVERSED_WITH or thread.strong_language:
            return None
        fits = self._matcher.fitting(thread.subject, words, thread.language, most=1)
        return fits[0].answer if fits else None


def _for_a_person(mail: Mail, thread: Thread) -> bool:
    """Whether a ready answer would be out of place, however well it fits."""
    return thread.category in _CONVERSED_WITH or thread.strong_language or bool(strong_language(mail.subject))


def load(folder: Path, most: int, report: Callable[[str], None], *, at_once: bool = False) -> Suggestions:
    """The answers of this folder, for receipts, drafts and letters to the team.

    They are read now where `most`, of a receipt, or `at_once` is set, else when the team is first told of a mail.
    `report` hears of each answer that cannot be used, by line.
    """
    suggestions = Suggestions(_usable(folder, report), most)
    if most or at_once:
        suggestions.read()
    return suggestions


def _usable(folder: Path, report: Callable[[str], None]) -> Iterator[Answer]:
    for path, answer, faults in _read(folder):
        for fault in faults:
            report(f"{path}:{fault.line}: {fault.says}")
        if answer is not None and not faults:
            yield answer


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
            answer, faults = read_answer(path.name, content)
            yield path, answer, [*faults, *(faults_of(answer) if answer else ())]


def block(answers: Sequence[Answer], values: Mapping[str, str]) -> str:
    """The lines of a receipt that tell of these answers to the customer of these values; empty without any.

    One that cannot be written for this customer is left out: a receipt is as good without it.
    """
    return "\n\n".join(filter(None, (_suggestion(answer, values) for answer in answers)))


def _short_enough(answer: Answer) -> bool:
    """Whether it has short steps, or a link: a receipt is no place for more."""
    return bool(answer.link or 0 < len(answer.steps) <= MOST_STEPS)


def _suggestion(answer: Answer, values: Mapping[str, str]) -> str:
    """Title and steps, or title and link."""
    try:
        title, steps = personal.title(answer, values), personal.steps(answer, values)
    except LetterError:
        return ""
    if not steps or len(steps) > MOST_STEPS:
        return f"{title}: {answer.link}" if answer.link else ""
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)] if len(steps) > 1 else steps
    return "\n".join([title, *numbered, *([answer.link] if answer.link else [])])


def whole(answer: Answer, values: Mapping[str, str], most: int) -> str:
    """What an answer says to the customer of these values; empty where it cannot be written for them.

    Of body and steps come at most `most` characters; title and link are there in any case.
    """
    try:
        title, steps = personal.title(answer, values), personal.steps(answer, values)
        body = personal.body(answer, personal.for_reading(values)).strip()
    except LetterError:
        return ""
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)] if len(steps) > 1 else steps
    said = shortened("\n\n".join(filter(None, (body, "\n".join(numbered)))), most)
    link = answer.link if answer.link and answer.link not in said else ""
    return "\n\n".join(filter(None, (title, said, link)))
