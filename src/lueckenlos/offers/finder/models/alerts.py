"""Who wants to hear when something new appears: an address for one purpose, for a year at most."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lueckenlos.core.models import ClosedModel


class Alert(ClosedModel):
    """ "Sagen Sie mir Bescheid": a mail address and what was looked for, in known words alone."""

    email = models.EmailField()
    terms = ArrayField(models.CharField(max_length=80), default=list)
    kinds = ArrayField(models.CharField(max_length=60), default=list)
    ags = models.CharField(max_length=8, blank=True)
    age = models.FloatField(null=True)
    spoken = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=20, default="de", help_text="of the mail")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)
    told_keys = ArrayField(models.CharField(max_length=120), default=list)

    def __str__(self) -> str:
        return str(self.id)
