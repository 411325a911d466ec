"""One line of JSON an event; nothing personal, no addresses, no query strings."""

import json
import logging
from datetime import UTC, datetime

EXTRA = ("event", "route", "status", "milliseconds", "request_id", "job", "child", "task_name")


class LineFormatter(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        entry.update({name: getattr(record, name) for name in EXTRA if hasattr(record, name)})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
