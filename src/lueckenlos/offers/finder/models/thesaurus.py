"""Everyday phrases and the offices' words they stand for, with their history."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Synonym(models.Model):
    """One phrase of one language; retired ones stay, for the history."""

    lang = models.CharField(max_length=20)
    phrase = models.CharField(max_length=200)
    terms = ArrayField(models.CharField(max_length=200), help_text="the offices' words")
    kinds = ArrayField(models.CharField(max_length=60), help_text="kinds of offer, most fitting first")
    phases = ArrayField(models.CharField(max_length=50), default=list)
    note = models.CharField(max_length=300, blank=True)
    words = models.JSONField(help_text="index term of the phrase to weight")
    office = models.JSONField(help_text="index term of the offices' words to weight")
    phrase_hash = models.CharField(max_length=40, help_text="of the phrase as the encoder reads it")
    office_hash = models.CharField(max_length=40)
    from_folder = models.BooleanField(default=False, help_text="follows the county's folder")
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["lang", "phrase"]
        constraints = [models.UniqueConstraint(fields=["lang", "phrase"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.phrase} ({self.lang})"


class SynonymChange(models.Model):
    """Who changed a synonym, when, and what it said before and after."""

    synonym = models.ForeignKey(Synonym, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=20, help_text="added, changed, retired, restored")
    actor_id = models.UUIDField(null=True, help_text="null: the county's folder")
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.synonym_id} {self.deed}"
