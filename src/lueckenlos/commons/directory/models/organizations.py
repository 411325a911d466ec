"""Organizations and how to reach them."""

import uuid

from django.db import models

from lueckenlos.commons.directory.types import OrganizationKind


class Organization(models.Model):
    """A provider; renamed ones stay, joined to their successor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OrganizationKind])
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True, help_text="where reminders go")
    website = models.URLField(blank=True, max_length=500)
    is_trusted = models.BooleanField(default=False, help_text="edits appear without approval")
    predecessor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="successors")
    ended_on = models.DateField(null=True)
    feed = models.ForeignKey(
        "directory.Feed", null=True, on_delete=models.CASCADE, related_name="organizations"
    )
    unknown = models.JSONField(default=dict, help_text="imported properties that we do not know, kept")
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A way to ask: a function, never a private person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.CASCADE, related_name="contacts"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    unknown = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | models.Q(service__isnull=False),
                name="contact_belongs",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name or self.email


class Phone(models.Model):
    """A telephone number of an organization, a service, a location or a contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="phones")
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.CASCADE, related_name="phones"
    )
    location = models.ForeignKey(
        "directory.Location", null=True, on_delete=models.CASCADE, related_name="phones"
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=60)
    extension = models.CharField(max_length=20, blank=True)
    type = models.CharField(max_length=20, blank=True)
    description = models.CharField(max_length=300, blank=True)
    languages = models.JSONField(default=list)
    unknown = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False)
                | models.Q(service__isnull=False)
                | models.Q(location__isnull=False)
                | models.Q(contact__isnull=False),
                name="phone_belongs",
            )
        ]

    def __str__(self) -> str:
        return self.number
