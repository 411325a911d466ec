"""Texts in other languages, one at a time."""

from datetime import datetime

from django.db.models import F

from lueckenlos.commons.directory.models import Service, Translation
from lueckenlos.commons.directory.selectors.content import values_of_row
from lueckenlos.commons.directory.selectors.public import with_everything
from lueckenlos.commons.directory.services.access import demand_editor, demand_publisher
from lueckenlos.commons.directory.services.editing import held_row
from lueckenlos.commons.directory.services.recording import remember
from lueckenlos.commons.directory.services.writing import text_hash
from lueckenlos.commons.directory.types import Saved, TextState, TextValue
from lueckenlos.commons.directory.types.storage import difference
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def set_translation(key: str, text: TextValue, *, state: TextState, actor: Actor, now: datetime) -> Saved:
    """Write one field in one language with how far it can be trusted; German itself is edited, not translated."""
    with acting_as(actor):
        row = held_row(key)
        demand_editor(actor, row)
        demand_publisher(actor, row.organization)
        old = values_of_row(row)
        german = str(getattr(old, text.field, ""))
        Translation.objects.update_or_create(
            service=row,
            field=text.field,
            language=text.language,
            defaults={"text": text.text, "state": state, "source_hash": text_hash(german)},
        )
        new = values_of_row(with_everything(Service.objects.filter(id=row.id)).get())
        if new == old:
            return Saved(row.id, row.key, row.version, changed=False)
        Service.objects.filter(id=row.id).update(version=F("version") + 1, modified_at=now)
        row.version += 1
        before, after = difference(old, new)
        remember(row, deed="translated", before=before, after=after, actor=actor, now=now)
        return Saved(row.id, row.key, row.version)
