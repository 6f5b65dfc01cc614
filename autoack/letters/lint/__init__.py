"""`autoack lint`: templates and answers held to DESIGN section 8, one small function for each rule."""

from autoack.letters.lint.check import OwnTexts, Report, check_texts
from autoack.letters.lint.finding import Finding
from autoack.letters.lint.spelling import Speller, find_speller

__all__ = ["Finding", "OwnTexts", "Report", "Speller", "check_texts", "find_speller"]
