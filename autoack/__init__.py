"""autoack: receipts, reminders and a nightly digest for support teams that answer from ordinary mail clients."""

__version__ = "0.1.0"
