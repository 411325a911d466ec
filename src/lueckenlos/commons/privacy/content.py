"""What every row with content has, so that the wall can judge it: whose file, which category, about whom, confided to whom."""

from __future__ import annotations

from django.db import models

from lueckenlos.commons.privacy.types import Category
from lueckenlos.core.models import ClosedModel


class FileContent(ClosedModel):
    """A row of a file with content; its table is closed by `policies.content`.

    `about` is a person of the file, or the file itself for what concerns everybody in it. `held_back` keeps it from
    the person's own page until a professional has looked.
    """

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, choices=[(c.value, c.value) for c in Category])
    about = models.UUIDField()
    confided_to = models.UUIDField(null=True, help_text="§ 65 SGB VIII: to this worker alone")
    confided_by = models.UUIDField(null=True, help_text="the person of the file who confided it")
    held_back = models.BooleanField(default=False)
    author = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
