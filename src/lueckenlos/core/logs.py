"""One line of JSON an event; nothing personal, no addresses, no query strings."""

import json
import logging
from datetime import UTC, datetime

from django.http import HttpRequest

EXTRA = ("event", "route", "status", "milliseconds", "request_id", "child", "task_name")


class LineFormatter(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": _said(record),
        }
        entry.update({name: getattr(record, name) for name in EXTRA if hasattr(record, name)})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def _said(record: logging.LogRecord) -> str:
    """The message without what others write into theirs: an address that may be a key, the letter of a job."""
    said = record.getMessage()
    request, job = getattr(record, "request", None), getattr(record, "job", None)
    if isinstance(request, HttpRequest):
        match = request.resolver_match
        said = said.replace(request.path, match.view_name if match else "")
    if isinstance(job, dict):
        said = said.replace(str(job.get("call_string")), f"{job.get('task_name')}[{job.get('id')}]")
    return said
