"""The keys of a mailbox: how to reach it by IMAP and SMTP, and how its mails are answered."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from autoack.settings.addresses import is_loopback
from autoack.settings.fields import (
    Address,
    Count,
    DurationText,
    FileName,
    Host,
    Language,
    Line,
    LongDuration,
    Number,
    OneOrMore,
    Port,
    Secret,
    Section,
    Switch,
    key,
    required,
)
from autoack.settings.names import PolicyName, TeamName

Security = Literal["tls", "starttls", "none"]


def _keyword(text: str) -> str:
    # RFC 3501 §9: flag-keyword is an atom.
    if not re.fullmatch(r"[!#$&'+,\-./0-9:;<=>?@A-Z^_`a-z|}~\[]+", text):
        raise ValueError(f"{text!r} is no IMAP keyword: letters, digits and $ without spaces")
    return text


class OAuth(Section):
    """Where an access token comes from."""

    token_command: Annotated[tuple[Line, ...], Field(min_length=1)] | None = key(
        None, "Program and arguments; prints an access token"
    )
    client_id: Line | None = key(None, "The application's id at the provider")
    client_secret: Secret | None = key(None, "The application's secret at the provider")
    client_secret_file: FileName | None = key(None, "File that holds client_secret")
    tenant: Line | None = key(None, "Microsoft: the directory's id or domain")
    provider: Literal["microsoft", "google"] | None = key(None, "Signed in to with `autoack login`")

    @field_validator("provider")
    @classmethod
    def _one_way(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "token_command" in info.data and (value is None) == (info.data["token_command"] is None):
            raise ValueError("give either token_command or provider")
        return value


class Done(Section):
    """How the team marks a thread as finished."""

    keyword: Annotated[Line, AfterValidator(_keyword)] | None = key(None, "An IMAP keyword")
    folder: Line | None = key(None, "A folder")


class _Server(Section):
    host: Host = required("Name or IP address of the server")
    allow_insecure: Switch = key(False, "Lets `security: none` leave this machine")
    ca_file: FileName | None = key(None, "Certificates to trust instead of the system's")
    password: Secret | None = key(None, "The password")
    password_file: FileName | None = key(None, "File that holds the password")

    @field_validator("security", check_fields=False)
    @classmethod
    def _not_in_clear(cls, value: str, info: ValidationInfo) -> str:
        host = info.data.get("host")
        insecure = value == "none" and host is not None and not is_loopback(host)
        if insecure and info.data.get("allow_insecure") is False:
            raise ValueError("would send the password in clear over the network; use tls or starttls")
        return value


class Imap(_Server):
    """Where the mailbox is read."""

    port: Port | None = key(None, "993, or 143 with starttls and none")
    security: Security = key("tls", "How the connection is secured")
    username: Line | None = key(None, "The mailbox's address if left out")
    oauth: OAuth | None = key(None, "Sign-in with an access token instead of a password")
    folders: Annotated[tuple[Line, ...], OneOrMore, Field(min_length=1)] = key(
        ["INBOX"], "Where customers' mail arrives"
    )
    sent: Annotated[tuple[Line, ...], OneOrMore] | None = key(
        "auto", "Where copies of answers lie: auto, a name, a list of names, or null"
    )
    drafts: Line | None = key(None, "auto or a name: suggested answers are laid there")
    done: Done | None = key(None, "How the team marks a thread as finished")
    idle: Switch = key(True, "Whether new mail is announced by IDLE")
    poll: LongDuration = key("60s", "How often to look without being told")

    @field_validator("folders", "sent")
    @classmethod
    def _once(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        twice = [name for name in names or () if (names or ()).count(name) > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} stands here twice")
        return names

    @field_validator("drafts", "done")
    @classmethod
    def _of_its_own(cls, value: "str | Done | None", info: ValidationInfo) -> "str | Done | None":
        name = value.folder if isinstance(value, Done) else value
        read = (*info.data.get("folders", ()), *(info.data.get("sent") or ()))
        if name is not None and name != "auto" and name in read:
            where = "`folders`" if name in info.data.get("folders", ()) else "`sent`"
            raise ValueError(f"{name!r} is also in {where}: it must be a folder of its own")
        if isinstance(value, Done) and name is not None and name == info.data.get("drafts"):
            raise ValueError(f"{name!r} is also `drafts`: it must be a folder of its own")
        return value

    @field_validator("sent")
    @classmethod
    def _not_an_inbox(cls, names: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        both = [name for name in names or () if name in info.data.get("folders", ())]
        if both:
            raise ValueError(f"{both[0]!r} is also in `folders`: answers would look like customers' mail")
        return names


class Smtp(_Server):
    """Where mails are handed over."""

    port: Port | None = key(None, "587, 465 with tls, 25 with none")
    security: Security = key("starttls", "How the connection is secured")
    username: Line | None = key(None, "That of imap, with its secret, if left out; null: no login")
    envelope: Literal["auto", "address"] | None = key(
        "auto",
        "auto: <>, and the address where that is refused; null: always <>; address: always the address",
    )
    connections: Annotated[Number, Field(le=50)] = key(2, "Connections kept at a time")
    per_minute: Count = key(0, "At most so many mails a minute; 0: no limit")


class PerSender(Section):
    """How many receipts one person can get."""

    receipts: Count = key(3, "At most so many")
    within: LongDuration = key("24h", "in so long")


class Storm(Section):
    """When receipts are paused and ops are told."""

    receipts: Number = key(200, "More than so many")
    within: LongDuration = key("10m", "in so long")


class Mailbox(Section):
    """A support address."""

    address: Address = required("The support address")
    aliases: tuple[Address, ...] = key([], "Other addresses of the same mailbox")
    from_name: Line | None = key(None, "The organisation's name if left out")
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] | None = key(
        None, "The organisation's if left out"
    )
    team: TeamName | None = key(None, "The first team if left out")
    policy: PolicyName = key("standard", "What its customers may expect")
    imap: Imap = required("Where the mailbox is read")
    smtp: Smtp = required("Where mails are handed over")
    backlog: Literal["ignore", "record", "answer"] = key(
        "ignore", "What becomes of mail there at first sight"
    )
    max_age: LongDuration = key("24h", "Older mail is recorded but gets no receipt")
    receipt: Literal["first", "every", "never"] = key("first", "Which mails of a wait get a receipt")
    receipt_delay: DurationText = key("0s", "A person's answer within it makes the receipt needless")
    per_sender: PerSender = key({}, "How many receipts one person can get")
    storm: Storm = key({}, "More receipts than this pause receipts and alert ops")
    trust_authserv: Line | None = key(None, "authserv-id (RFC 8601) that is believed")
