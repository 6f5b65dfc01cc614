"""Rings when a thread's next step is due: reminders, escalations, closing, the end of a snooze.

`flow` handles what is due, a thread at a time; `people` tells the team, `customers` writes to customers; `ring` is
what they share.
"""

from autoack.flows.alarms.flow import PUT_OFF, Alarms, Rung

__all__ = ["PUT_OFF", "Alarms", "Rung"]
