"""Whom an answer goes to and from which address, and whether an answer reached somebody."""

from autoack.core.message import Address, Mail
from autoack.core.policy import Mailbox, Organisation


def customer_address(mail: Mail, organisation: Organisation) -> Address:
    """Whom a receipt for this mail goes to: Reply-To only where it has the sender's own domain, else From.

    RFC 5322 §3.6.2 lets Reply-To name anybody; followed blindly it would send our words to a stranger.
    """
    sender = mail.sender
    for address in mail.reply_to:
        if address.domain == sender.domain and address.domain not in organisation.domains:
            return Address(address.name or sender.name, address.address)
    return sender


def written_to(mail: Mail, mailbox: Mailbox) -> str:
    """The one of the mailbox's addresses that the customer wrote to, else its address (DESIGN section 3)."""
    for recipient in mail.recipients:
        if recipient.key in mailbox.addresses:
            return recipient.address
    return mailbox.address


def reaches(mail: Mail, address: str) -> bool:
    """Whether the mail went to this address: in To, Cc or Bcc."""
    key = address.casefold()
    return any(recipient.key == key for recipient in mail.recipients)
