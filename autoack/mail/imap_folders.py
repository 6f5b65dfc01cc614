"""The folders of a mailbox, and which of them hold what its people sent."""

import imaplib
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from autoack.mail.imap_connection import Connection, ImapOptions
from autoack.mail.imap_errors import mailbox_error
from autoack.mail.imap_worker import in_thread, open_connection

# What mail clients call the folder where they lay what was sent, by language: en, hr, sr, sl, hu, de, it.
_SENT_NAMES = frozenset(
    name.casefold()
    for name in (
        *("Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail"),
        *("Poslano", "Poslane poruke", "Poslane stavke", "Poslana pošta"),
        *("Poslato", "Poslate poruke", "Poslate stavke", "Poslata pošta"),
        *("Послато", "Послате поруке", "Послате ставке", "Послата пошта"),
        *("Poslani elementi", "Poslana sporočila"),
        *("Elküldött", "Elküldött elemek", "Elküldött üzenetek", "Elküldött levelek"),
        *("Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Posta inviata", "Inviata"),
    )
)
# The same for what was thrown away, and for spam.
_WASTE_NAMES = frozenset(
    name.casefold()
    for name in (
        *(
            "Trash",
            "Deleted",
            "Deleted Items",
            "Deleted Messages",
            "Bin",
            "Junk",
            "Junk E-mail",
            "Junk Email",
        ),
        *("Spam", "Bulk Mail", "Smeće", "Otpad", "Koš", "Kanta", "Izbrisano", "Izbrisane stavke", "Obrisano"),
        *("Obrisane stavke", "Neželjena pošta", "Bezvrijedna pošta", "Neželena pošta", "Vsiljena pošta"),
        *("Отпад", "Смеће", "Обрисано", "Обрисане ставке", "Нежељена пошта", "Непожељна пошта"),
        *("Kuka", "Lomtár", "Törölt", "Törölt elemek", "Levélszemét", "Papierkorb", "Gelöscht"),
        *(
            "Gelöschte Elemente",
            "Gelöschte Objekte",
            "Junk-E-Mail",
            "Spamverdacht",
            "Cestino",
            "Posta indesiderata",
        ),
    )
)
_SEARCHABLE = re.compile(r"<[!#-\[\]-~]+>")  # ASCII, without white space, quotes and backslashes
# Folders under which servers put a user's own.
_ROOTS = frozenset({"inbox", "[gmail]", "[google mail]"})


@dataclass(frozen=True)
class ListedFolder:
    """A folder by LIST: `attributes` in lower case ("\\\\sent"), `delimiter` empty if there is none."""

    name: str
    attributes: frozenset[str]
    delimiter: str = "/"

    @property
    def can_hold_mail(self) -> bool:
        """Whether it can be opened (RFC 3501 §7.2.2, RFC 5258 §3)."""
        return not self.attributes & {"\\noselect", "\\nonexistent"}


async def list_folders(options: ImapOptions, executor: Executor) -> list[ListedFolder]:
    """All folders of the mailbox, in the server's order. Raises MailboxError."""
    client = await open_connection(options, executor)
    try:
        return await in_thread(executor, client, list_now, client)
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        raise mailbox_error(error, options.host, options.port) from error
    finally:
        await in_thread(executor, client, client.close)


async def find_sent(options: ImapOptions, executor: Executor) -> list[str]:
    """The names of the folders with sent mail, [] where none is to be told. Raises MailboxError."""
    return sent_among(await list_folders(options, executor))


def sent_among(folders: Iterable[ListedFolder]) -> list[str]:
    """Those that the server marks as \\Sent (RFC 6154 §2), else all of a well-known name.

    All of them: each mail client has its own, and an answer from any of them counts.
    """
    usable = [folder for folder in folders if folder.can_hold_mail]
    marked = [folder.name for folder in usable if "\\sent" in folder.attributes]
    return marked or [folder.name for folder in usable if named_like(folder, _SENT_NAMES)]


def waste_among(folders: Iterable[ListedFolder]) -> list[str]:
    """Those that the server marks as \\Trash or \\Junk (RFC 6154 §2), else all of a well-known name."""
    usable = [folder for folder in folders if folder.can_hold_mail]
    marked = [folder.name for folder in usable if folder.attributes & {"\\trash", "\\junk"}]
    return marked or [folder.name for folder in usable if named_like(folder, _WASTE_NAMES)]


def found_in_waste(client: Connection, message_ids: Sequence[str]) -> set[str]:
    """Those of the mails that lie in a folder of waste now; nothing is changed. Blocks: runs in a worker.

    A folder that cannot be opened is passed over, and so is a Message-ID that no SEARCH can carry.
    """
    wanted = [one for one in message_ids if is_searchable(one)]
    found: set[str] = set()
    for name in waste_among(list_now(client)):
        try:
            client.select_folder(name, readonly=True)
            found.update(one for one in wanted if client.search(["HEADER", "Message-ID", one]))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            continue
    return found


def is_searchable(message_id: str) -> bool:
    """Whether a SEARCH can carry this Message-ID."""
    return _SEARCHABLE.fullmatch(message_id) is not None


def named_like(folder: ListedFolder, names: frozenset[str]) -> bool:
    """Whether the folder has one of these names (case folded), at the top or right under a server's root."""
    *above, own = (
        folder.name.casefold().split(folder.delimiter) if folder.delimiter else [folder.name.casefold()]
    )
    return own in names and (not above or (len(above) == 1 and above[0] in _ROOTS))


def list_now(client: Connection) -> list[ListedFolder]:
    """All folders, over a connection that is open. Blocks: runs in a worker."""
    return [
        ListedFolder(
            str(name),
            frozenset(attribute.decode("ascii", "replace").lower() for attribute in attributes),
            delimiter.decode("ascii", "replace") if delimiter else "",
        )
        for attributes, delimiter, name in client.list_folders()
    ]
