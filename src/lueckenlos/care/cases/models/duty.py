"""Who is on duty in a team on which day; about people at work, not about families."""

from __future__ import annotations

from django.db import models


class Duty(models.Model):
    """One person on one day for one team: what is promised for that day is theirs."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    on_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on_day"], name="duty_once_a_day")]

    def __str__(self) -> str:
        return f"duty on {self.on_day}"
