"""What services are sorted by: life phases, action fields and kinds; all of them the county's data."""

from django.db import models


class LifePhase(models.Model):
    """A stretch of growing up; ages in years, before birth negative."""

    key = models.SlugField(primary_key=True)
    label = models.CharField(max_length=120)
    labels = models.JSONField(default=dict, help_text="the label by language, where it is not German")
    age_from = models.FloatField()
    age_to = models.FloatField()
    decay_km = models.FloatField(help_text="how far families go in this phase")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class ActionField(models.Model):
    """A lane of the chain, such as health or livelihood."""

    key = models.SlugField(primary_key=True)
    label = models.CharField(max_length=120)
    labels = models.JSONField(default=dict, help_text="the label by language, where it is not German")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Kind(models.Model):
    """A kind of service with its intensity and the most places it usually has."""

    key = models.SlugField(primary_key=True, max_length=60)
    label = models.CharField(max_length=200)
    intensity = models.CharField(max_length=30)
    usual_max = models.PositiveIntegerField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.label
