"""Texts in other languages and in Einfache Sprache."""

from django.db import models

from lueckenlos.commons.directory.types import TextState


class Translation(models.Model):
    """One field of one entry in one language, with how far it can be trusted."""

    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.CASCADE, related_name="translations"
    )
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.CASCADE, related_name="translations"
    )
    field = models.CharField(max_length=40, help_text="name, description, fee, schedule_text …")
    language = models.CharField(max_length=20, help_text="BCP 47; de-x-plain is Einfache Sprache")
    text = models.TextField()
    state = models.CharField(max_length=20, choices=[(item.value, item.value) for item in TextState])
    source_hash = models.CharField(max_length=64, help_text="SHA-256 of the German text it was made from")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "field", "language"],
                condition=models.Q(service__isnull=False),
                name="service_text_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "field", "language"],
                condition=models.Q(organization__isnull=False),
                name="organization_text_once",
            ),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, service__isnull=True)
                | models.Q(organization__isnull=True, service__isnull=False),
                name="text_belongs_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
