"""The rules by which lists and programs are known from header fields and addresses.

One rule is one function; its docstring names where it comes from. Each gives a Verdict, or None where it has
nothing to say.
"""

from autoack.core import mass_mail, sender_signs
from autoack.core.judging import cite, ignored, keyword, recorded, return_path, shown
from autoack.core.message import Address, Kind, Mail, Verdict

MOST_HOPS = 50  # Received fields; more is a loop (RFC 5321 §6.3)
_LIST_FIELDS = frozenset(
    {
        *("list-id", "list-post", "list-help", "list-subscribe", "list-owner", "list-archive"),
        *("mailing-list", "x-beenthere", "x-mailing-list", "x-mailman-version", "x-listserver", "x-mlserver"),
        *("x-ml-name", "x-list-name", "x-sympa-to", "x-ezmlm-version"),
    }
)
_TRACKER_FIELDS = frozenset(
    {
        *("x-jira-fingerprint", "x-github-reason", "x-gitlab-project", "x-bugzilla-reason", "x-redmine-host"),
        *("x-servicenow-generated", "x-cron-env", "x-trac-project", "x-phabricator-sent-this-message"),
        *(
            "x-rt-loop-prevention",
            "x-otrs-loop",
            "x-znuny-loop",
            "x-zammad-ticket-id",
            "x-gerrit-messagetype",
        ),
        *("x-jenkins-job", "x-launchpad-message-rationale", "x-sentry-project", "x-pagerduty-incident"),
        *("x-rss-id", "x-rss-feed", "x-rss-url", "x-nagios", "x-zabbix-event"),
    }
)


def list_field(mail: Mail) -> Verdict | None:
    """The fields of mailing lists (RFC 2919, RFC 2369); List-Unsubscribe alone proves nothing."""
    if name := mail.headers.first_of(_LIST_FIELDS):
        return ignored(Kind.LIST, "list", f"{cite(mail, name)}: a mailing list sent it (RFC 2919, RFC 2369).")
    return None


def precedence(mail: Mail) -> Verdict | None:
    """Precedence: bulk, junk or list (RFC 3834 §2, of old use)."""
    for name in ("precedence", "x-precedence"):
        if keyword(mail.headers.get(name)) in ("bulk", "junk", "list"):
            return ignored(Kind.LIST, "precedence", f"{cite(mail, name)}: sent to many (RFC 3834 §2).")
    return None


def list_sender(mail: Mail) -> Verdict | None:
    """The addresses of list software, in From or as envelope sender (RFC 5230 §4.6).

    `shop-owner@` has the form of a list's address, too: in From it leaves a doubt.
    """
    for name, address in (("From", mail.sender), ("Return-Path", return_path(mail))):
        form = sender_signs.is_list_address(address)
        if sender_signs.is_list_software(address) or (form and name == "Return-Path"):
            because = f"{name} is {address.address}: list software's own address (RFC 5230 §4.6)."
            return ignored(Kind.LIST, "list-address", because)
        if form:
            because = f"From is {shown(address)}: the form of a list's own address (RFC 5230 §4.6)."
            return recorded(Kind.LIST, "list-address", because)
    return None


def no_reply(mail: Mail) -> Verdict | None:
    """An address that asks not to be answered, in From or first in Reply-To.

    A name in From that asks so counts where something else speaks of a program. Where From asks so and Reply-To
    names somebody of another domain, a web form may have sent a customer's words.
    """
    for name, address in (("From", mail.sender), *(("Reply-To", a) for a in mail.reply_to[:1])):
        if asks := _asks_no_reply(mail, name, address):
            because = f"{name} is {shown(address)}: {asks}."
            other = next((a for a in mail.reply_to if _is_anothers(a, mail)), None)
            if name == "From" and other:
                because = f"{because} Reply-To is {other.address}: perhaps a web form; a rule may name the customer."
                return recorded(Kind.CUSTOMER, "no-reply", because)
            return ignored(Kind.ROBOT, "no-reply", because)
    return None


def _is_anothers(address: Address, mail: Mail) -> bool:
    return (
        address.domain != mail.sender.domain
        and not address.domain.endswith(f".{mail.sender.domain}")
        and not mail.sender.domain.endswith(f".{address.domain}")
        and not sender_signs.says_no_reply(address)
        and "List-Unsubscribe" not in mail.headers
    )


def _asks_no_reply(mail: Mail, field: str, address: Address) -> str | None:
    if sender_signs.says_no_reply(address):
        return "the address asks not to be answered"
    if field == "From" and sender_signs.is_named_no_reply(address) and (sign := _sign_of_program(mail)):
        return f"the name asks not to be answered, and this speaks of a program, too: {sign}"
    return None


def _sign_of_program(mail: Mail) -> str | None:
    """What in address or header speaks of a program; None where nothing does: people joke with their names."""
    if sender_signs.is_program_address(mail.sender) or sender_signs.is_robot_address(mail.sender):
        return mail.sender.address
    sender = mail.sender
    # A person's answers come back to the person, not to another desk of the same house.
    other = (a for a in mail.reply_to if a.key != sender.key and a.domain == sender.domain)
    return next(iter((*mass_mail.signs_in_header(mail), *(f"Reply-To: {a.address}" for a in other))), None)


def robot_sender(mail: Mail) -> Verdict | None:
    """Addresses from which programs write: notifications, newsletters, system accounts.

    A program's name counts where something else speaks of a program, too.
    """
    if sender_signs.is_named_robot(mail.sender) and (sign := _sign_of_program(mail)):
        because = f"From is {shown(mail.sender)}: a program's name, and this speaks of one, too: {sign}."
        return ignored(Kind.ROBOT, "robot-address", because)
    if sender_signs.is_robot_address(mail.sender):
        because = f"From is {shown(mail.sender)}: a program writes from there."
        return ignored(Kind.ROBOT, "robot-address", because)
    if sender_signs.is_program_address(mail.sender):
        because = f"From is {shown(mail.sender)}: programs usually write from such an address."
        return recorded(Kind.ROBOT, "robot-address", because)
    return None


def tracker(mail: Mail) -> Verdict | None:
    """The marks of trackers and of cron. People may stand behind a tracker's words: the team sees them."""
    if name := mail.headers.first_of(_TRACKER_FIELDS):
        because = f"{cite(mail, name)}: a tracker or scheduler sent it."
        return recorded(Kind.ROBOT, "tracker", because)
    return None


def loop(mail: Mail) -> Verdict | None:
    """X-Loop of another system, or more hops than any straight way has (RFC 5321 §6.3).

    Forwarding recipes add X-Loop to mails of people, too: the team sees it.
    """
    if "X-Loop" in mail.headers:
        because = f"{cite(mail, 'x-loop')}: another system that answers or forwards has passed it on."
        return recorded(Kind.ROBOT, "loop", because)
    if mail.headers.count("Received") <= MOST_HOPS:
        return None
    hops = _hops(mail)
    if hops <= MOST_HOPS:
        return None
    because = f"Received: {hops} hops, and more than {MOST_HOPS} mean that it goes round (RFC 5321 §6.3)."
    return recorded(Kind.ROBOT, "loop", because)


def _hops(mail: Mail) -> int:
    """A server that takes a mail again writes a new time and id (RFC 5321 §4.4): a whole copy is no hop."""
    fields = mail.headers.all("Received")
    stamped = [field for field in fields if " id " in field.lower() and ";" in field]
    return len(fields) - len(stamped) + len(set(stamped))
