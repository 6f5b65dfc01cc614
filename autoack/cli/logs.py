"""What the daemon logs: one line an event, as text on a terminal, as JSON otherwise."""

import json
import logging
import sys
from datetime import UTC, datetime

# What every LogRecord has; the rest is what the caller added with `extra`.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, event, and whatever `extra` held."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line.update(_extra(record))
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextFormatter(logging.Formatter):
    """A line for a person: time, level where it matters, event, and the rest as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        rest = "".join(f" {name}={value}" for name, value in _extra(record).items())
        line = f"{at} {level}{record.getMessage()}{rest}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def set_up(*, form: str = "auto", level: str = "info") -> None:
    """Log to stderr. `form` is auto, text or json; `level` a level's name."""
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextFormatter() if as_text else JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("imapclient", "aiosmtplib", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # What fails in a job the daemon logs itself; the scheduler's own words are of jobs that a stop cuts off.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
