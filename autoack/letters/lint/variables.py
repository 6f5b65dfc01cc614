"""The values that each kind of letter knows, and how long they usually get in a subject."""

from autoack.letters.personal import VALUES

_ALWAYS = frozenset(
    {"salutation", "organisation", "address", "phone", "website", "from_name", "mailbox"}
)  # fmt: skip
_ABOUT_A_CUSTOMER = frozenset(
    {
        "who", "who_short", "customer_address", "customer_phone", "reachable", "category", "title", "priority",
        "channel", "strong", "subject", "waited", "waited_short", "since", "due", "promised", "resolve", "overdue",
        "assignee", "words", "ref", "step", "undeliverable", "follow_up", "link_close", "link_snooze", "link_mine",
        "link_ignore", "link_reopen", "instead_of", "all_away", "suggestion", "waiting_for",
        "why_returned", "phone_line",
    }
)  # fmt: skip
_TO_A_CUSTOMER = frozenset(
    {
        "name", "subject", "promised", "opens", "notice", "questions", "ref", "hours", "question", "complaint",
        "praise", "strong", "further", "answers", "agent", "agent_phone", "team",
    }
)  # fmt: skip

_OUTCOMES = frozenset(
    {
        "close", "reopen", "snooze", "assign", "mine", "ignore", "note", "away", "done", "repeated", "faster",
        "as_it_is", "no_thread", "no_person", "no_time", "too_late", "not_delivered", "answered", "snoozed", "closed",
    }
)  # fmt: skip
_ABOUT_A_COMMAND = _OUTCOMES | {
    "until", "assignee", "argument", "words", "rest", "by", "acted_at", "ref", "who", "who_short", "subject", "since",
    "due", "has_it", "snoozed_until", "said", "suggestion", "waiting_for", "link_close", "link_snooze", "link_mine",
    "link_ignore", "link_reopen",
}  # fmt: skip

_AFTERWARDS = frozenset({"name", "team", "subject", "ref", "hours"})
_ABOUT_A_RATING = frozenset(
    {
        "low", "stars", "words", "who", "who_short", "customer_address", "customer_phone", "subject", "answered_by",
        "ref", "earned", "instead_of", "all_away", "link_close", "link_snooze", "link_mine", "link_ignore",
        "link_reopen", "phone_line",
    }
)  # fmt: skip

KNOWN: dict[str, frozenset[str]] = {
    "receipt": _ALWAYS | _TO_A_CUSTOMER,
    "remind": _ALWAYS | _ABOUT_A_CUSTOMER,
    "escalate": _ALWAYS | _ABOUT_A_CUSTOMER,
    "notify": _ALWAYS | _ABOUT_A_CUSTOMER,
    "assigned": _ALWAYS | _ABOUT_A_CUSTOMER,
    "bounced": _ALWAYS | _ABOUT_A_CUSTOMER,
    "recurring": _ALWAYS | _ABOUT_A_CUSTOMER | {"opening", "history", "link_write"},
    "remind-list": _ALWAYS
    | {"count", "overdue_count", "ref", "items", "more", "rest", "instead_of", "all_away"},
    "update": _ALWAYS | _AFTERWARDS | {"late", "promised", "missed"},
    "closing": _ALWAYS | _AFTERWARDS,
    "survey": _ALWAYS | _AFTERWARDS | {"rate_1", "rate_2", "rate_3", "rate_4", "rate_5"},
    "rating": _ALWAYS | _ABOUT_A_RATING,
    "alert": _ALWAYS | {"subject", "lines"},
    "check": _ALWAYS,
    "confirm": _ALWAYS | _ABOUT_A_COMMAND,
    "draft": VALUES | {"answer"},
    "answer": VALUES,  # what is sure to be there when an answer is laid into a letter
}
# What a template goes through: lists of things that have these values.
LISTS: dict[str, tuple[str, ...]] = {
    "items": (
        "who", "no_mail", "phone", "matter", "waited", "due", "ref", "link_close", "link_snooze", "link_mine",
        "link_ignore", "link_reopen",
    ),
}  # fmt: skip
# They say yes or no, and are never written.
CONDITIONS = frozenset(
    {
        "reachable",
        "no_mail",
        "strong",
        "overdue",
        "question",
        "complaint",
        "praise",
        "further",
        "follow_up",
        "all_away",
        "late",
        "low",
        "earned",
        "opening",
        *_OUTCOMES,
    }
)
# Empty in letters to some customers: those who give no name, write no subject, write while the desk is open …
MAY_BE_EMPTY = frozenset(
    {"name", "subject", "promised", "opens", "notice", "questions", "answers", "agent", "agent_phone", "missed"}
)  # fmt: skip
TO_CUSTOMERS = frozenset({"receipt", "draft", "update", "closing", "survey"})
ANSWERING = TO_CUSTOMERS  # their subject is the customer's own, not one of ours

# Characters, as they usually are at most.
_WIDTHS = {
    "ref": 12,
    "who_short": 18,
    "waited_short": 9,
    "title": 9,
    "mailbox": 24,
    "subject": 40,
    "stars": 1,
}
_WIDTH = 20


def width(name: str) -> int:
    """How many characters of a subject a value takes."""
    return _WIDTHS.get(name, _WIDTH)
