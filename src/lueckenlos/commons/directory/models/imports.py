"""What an organization's tables look like."""

from django.db import models


class ImportMapping(models.Model):
    """Which heading meant which field in an organization's last table."""

    organization = models.OneToOneField(
        "directory.Organization", on_delete=models.CASCADE, related_name="import_mapping"
    )
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organization_id)
