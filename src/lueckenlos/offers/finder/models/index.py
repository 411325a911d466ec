"""The search index: one row a service, its words counted, and the vectors of texts by their hash."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lueckenlos.core.fields import PointField

FILTERED = (
    "service_id", "revision", "point", "everywhere", "catchment", "age_min", "age_max", "last_day", "free", "accessible",
    "format", "languages", "phases", "fields",
)  # fmt: skip
"""What filters and distances ask, beside each kind: a row itself is ten times as long, and is read only if it is ranked."""


class IndexedService(models.Model):
    """What the ranking needs of one service, kept beside the directory so that a search reads one table.

    The key is the service's; it is no foreign key, because a service may go while its row waits for the worker.
    """

    service_id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(
        help_text="of the index when the row was made, so that readers may remember"
    )
    title = models.JSONField(help_text="term to weighted frequency in name and kind")
    body = models.JSONField(help_text="term to weighted frequency in all fields")
    terms = ArrayField(models.TextField(), help_text="the terms of body, for the index")
    texts = models.JSONField(help_text="text, easy and name, as the encoder reads them")
    hashes = ArrayField(models.CharField(max_length=40), help_text="of the texts, in their order")
    kind = models.CharField(max_length=60, blank=True)
    kind_label = models.CharField(max_length=200, blank=True)
    phases = ArrayField(models.CharField(max_length=50))
    fields = ArrayField(models.CharField(max_length=50))
    age_min = models.FloatField(null=True)
    age_max = models.FloatField(null=True)
    audience = models.CharField(max_length=20)
    format = models.CharField(max_length=20)
    access = models.CharField(max_length=20)
    free = models.BooleanField()
    accessible = models.BooleanField(null=True)
    languages = ArrayField(models.CharField(max_length=20))
    everywhere = models.BooleanField(help_text="serves the whole county")
    catchment = ArrayField(models.CharField(max_length=8))
    ags = models.CharField(max_length=8, blank=True, help_text="municipality of the location")
    point = PointField(null=True)
    waiting_weeks = models.PositiveSmallIntegerField(null=True)
    last_day = models.DateField(
        null=True, help_text="after it the service is over, whether indexed again or not"
    )

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="indexed_terms", fastupdate=False),
            GinIndex(fields=["catchment"], name="indexed_catchment", fastupdate=False),
            models.Index(fields=["kind"], include=FILTERED, name="indexed_kind"),
        ]

    def __str__(self) -> str:
        return self.key


class WaitingService(models.Model):
    """A service that changed and waits to be indexed; database triggers write it."""

    service_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.service_id)


class IndexedTerm(models.Model):
    """In how many services a term stands."""

    term = models.TextField(primary_key=True)
    services = models.IntegerField()

    def __str__(self) -> str:
        return self.term


class IndexedWord(models.Model):
    """A word as the entries spell it, for mending spelling."""

    word = models.TextField(primary_key=True)
    services = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class IndexState(models.Model):
    """One row: how many services are indexed, how long they are, and how often index and thesaurus changed."""

    services = models.IntegerField(default=0)
    title_length = models.FloatField(default=0)
    body_length = models.FloatField(default=0)
    index_revision = models.IntegerField(default=0)
    thesaurus_revision = models.IntegerField(default=0)
    vectors_revision = models.IntegerField(default=0)
    day = models.DateField(null=True, help_text="the day whose services the index holds")

    def __str__(self) -> str:
        return f"{self.services}"


class TextVector(models.Model):
    """The meaning of one text as the encoder gave it, packed in bytes; found by the text's hash."""

    hash = models.CharField(max_length=40, primary_key=True)
    packed = models.BinaryField()

    def __str__(self) -> str:
        return self.hash
