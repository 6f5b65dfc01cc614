"""Takes in what arrived in one folder: fetch, decide, record; a batch a transaction, the checkpoint included.

`flow` reads the folder, `checkpoint` knows from where on, `recording` is the transaction of a batch, `answered` looks
at what became of waiting mails in the mailbox itself: the flag of an answer, Junk and Trash. `done` looks for the
team's marks that a thread is finished, `drafting` records drafts of answers.
"""

from autoack.flows.intake.done import DoneFolder
from autoack.flows.intake.flow import Intake
from autoack.flows.intake.recording import TakenIn

__all__ = ["DoneFolder", "Intake", "TakenIn"]
