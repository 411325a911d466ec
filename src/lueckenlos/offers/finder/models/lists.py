"""Lists that counsellors keep for their daily work."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lueckenlos.core.models import ClosedModel


class CounsellorList(ClosedModel):
    """Services that a counsellor hands out often; no family, no case."""

    owner_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=120)
    keys = ArrayField(models.CharField(max_length=120), default=list)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
