"""The exception tree: what can go wrong, and whether trying again can help.

    AutoackError
    ├── ConfigError          the config or the command line is wrong: exit 2
    ├── CheckFailed          the thing asked about does not hold: exit 1
    ├── StoreError           the database cannot be used as it stands
    │   └── AlreadyRunning   another daemon holds this SQLite database
    ├── LetterError          a template cannot be rendered
    ├── WebError             the web pages cannot be served where the config says
    └── TransportError       a server did not do what was asked; `permanent` says whether a retry can help
        ├── MailboxError     IMAP
        │   └── LoginRefused the server knows us not: to try again soon would lock the account
        └── SubmissionError  SMTP

A message says what is wrong, where, and how to mend it; it never holds a secret.
"""


class AutoackError(Exception):
    """Anything that autoack raises on purpose; its text is fit for a user to read."""


class ConfigError(AutoackError):
    """The configuration or the use of a command is wrong. `problems` has one line for each fault."""

    def __init__(self, problems: list[str] | str) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class CheckFailed(AutoackError):
    """The thing that was checked does not hold, or the thing that was asked for does not exist."""


class StoreError(AutoackError):
    """The database cannot be used as it stands."""


class AlreadyRunning(StoreError):
    """Another daemon holds this SQLite database."""


class LetterError(AutoackError):
    """A letter cannot be rendered."""


class WebError(AutoackError):
    """The web pages cannot be served where the configuration says."""


class TransportError(AutoackError):
    """A server did not do what was asked of it.

    `permanent` is True where trying again cannot help until a person has changed something.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class MailboxError(TransportError):
    """An IMAP server, or the way to it."""


class LoginRefused(MailboxError):
    """The IMAP server refused the log-in for good. Servers lock accounts for which that is tried too often."""


class SubmissionError(TransportError):
    """An SMTP server, or the way to it."""
