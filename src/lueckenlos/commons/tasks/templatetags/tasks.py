"""Words for the pages of tasks."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from lueckenlos.commons.tasks.types import TaskView, Urgency
from lueckenlos.commons.tasks.wording import DONE_WORDS, ENDS, KINDS, NOT_YET, NOT_YET_WORDS, record_url

register = template.Library()
register.filter("record_url", record_url)


@register.filter
def kind_word(task: TaskView) -> str:
    """What has to be done, in a verb."""
    return str(KINDS[task.kind])


@register.filter
def end_word(task: TaskView) -> str:
    """How it ended."""
    return str(ENDS[task.end]) if task.end else gettext("offen")


@register.filter
def done_word(task: TaskView) -> str:
    """What the first tap says."""
    return str(DONE_WORDS[task.kind])


@register.filter
def not_yet_word(task: TaskView) -> str:
    """What the second tap says."""
    return str(NOT_YET_WORDS.get(task.kind, NOT_YET))


@register.filter
def due_words(task: TaskView) -> str:
    """By when, as one says it; the hour only where it was set on purpose."""
    day = date_format(task.due_at, "D, j. F" if task.urgency is not Urgency.LATER else "j. F Y")
    if task.urgency is Urgency.TODAY:
        day = gettext("heute")
    hour = "" if (task.due_at.hour, task.due_at.minute) == (23, 59) else date_format(task.due_at, "H:i")
    if not hour:
        return day
    return gettext("%(day)s, %(hour)s Uhr") % {"day": day, "hour": hour}


@register.filter
def late_words(task: TaskView) -> str:
    """For how long it has been overdue."""
    if not task.days_late:
        return gettext("seit heute überfällig")
    return ngettext("seit %(days)s Tag überfällig", "seit %(days)s Tagen überfällig", task.days_late) % {
        "days": task.days_late
    }
