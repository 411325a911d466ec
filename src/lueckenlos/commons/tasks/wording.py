"""How tasks are told in German, and on which page their record stands."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.tasks.types import TaskEnd, TaskKind, TaskView, Urgency

KINDS: dict[TaskKind, str | Promise] = {
    TaskKind.ANSWER: _("Antworten"),
    TaskKind.CALL_BACK: _("Zurückrufen"),
    TaskKind.VISIT: _("Besuchen"),
    TaskKind.TELL_FAMILY: _("Der Familie Bescheid sagen"),
    TaskKind.AGREEMENT: _("Absprechen"),
    TaskKind.DELETE_COPY: _("Kopie löschen"),
    TaskKind.LOOK_AGAIN: _("Wieder ansehen"),
    TaskKind.CORRECTION: _("Berichtigen"),
    TaskKind.OTHER: _("Erledigen"),
}
# What one tap says: it ends the task, and is its answer.
DONE_WORDS: dict[TaskKind, str | Promise] = {
    TaskKind.ANSWER: _("Beantwortet"),
    TaskKind.CALL_BACK: _("Erreicht"),
    TaskKind.VISIT: _("Besucht"),
    TaskKind.TELL_FAMILY: _("Die Familie weiß Bescheid"),
    TaskKind.AGREEMENT: _("Abgesprochen"),
    TaskKind.DELETE_COPY: _("Gelöscht"),
    TaskKind.LOOK_AGAIN: _("Angesehen"),
    TaskKind.CORRECTION: _("Berichtigt"),
    TaskKind.OTHER: _("Erledigt"),
}
# What the other tap says: it puts the task off to the next working day, for this reason.
NOT_YET_WORDS: dict[TaskKind, str | Promise] = {
    TaskKind.CALL_BACK: _("Nicht erreicht"),
    TaskKind.VISIT: _("Nicht angetroffen"),
    TaskKind.TELL_FAMILY: _("Nicht erreicht"),
    TaskKind.AGREEMENT: _("Noch keine Antwort"),
}
NOT_YET: str | Promise = _("Noch nicht geschafft")
ENDS: dict[TaskEnd, str | Promise] = {
    TaskEnd.DONE: _("Erledigt"),
    TaskEnd.NOT_NEEDED: _("Nicht mehr nötig"),
    TaskEnd.IMPOSSIBLE: _("Es geht nicht"),
}
URGENCIES: dict[Urgency, str | Promise] = {
    Urgency.OVERDUE: _("Überfällig"),
    Urgency.TODAY: _("Heute"),
    Urgency.THIS_WEEK: _("In den nächsten sieben Tagen"),
    Urgency.LATER: _("Später"),
}
# Where the record of a task is shown; a room above adds its line here. Without one there is no link.
RECORD_PAGES: dict[str, str] = {
    "talk_item": "talks:item",
    "certificate": "certificates:certificate",
    "adviser": "advisers:adviser",
    "adviser_meeting": "advisers:meeting",
    "protection": "cases:protection",
    "protection_step": "cases:report",
    "consent_draft": "cases:consent_asked",
    "right": "oversight:right",
    "online_course": "courses:manage",
}
# Kinds that a pathway names are data: what belongs to the file itself stands on the page of its case.
CASE_PAGE = "cases:case"


def record_url(view: TaskView) -> str:
    """The page of what a task belongs to, or nothing."""
    of_file = CASE_PAGE if view.file is not None and view.record == view.file else ""
    name = RECORD_PAGES.get(view.record_kind, of_file)
    try:
        return reverse(name, args=[view.record]) if name else ""
    except NoReverseMatch:
        return ""
