"""The network: mailboxes over IMAP, submission over SMTP, access tokens."""
