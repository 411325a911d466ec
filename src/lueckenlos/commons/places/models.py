"""The county and its places: everything that has a name on the map."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models

from lueckenlos.commons.places.types import AreaKind, IndicatorAbout
from lueckenlos.core.fields import PointField


class County(models.Model):
    """The county this house works for; its settings are data, never code."""

    key = models.CharField(max_length=5, primary_key=True, help_text="official key, five digits")
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict, help_text="county.toml as it was read")
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A town or municipality with its boundary."""

    ags = models.CharField(
        max_length=8, primary_key=True, help_text="official municipality key, eight digits"
    )
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="municipalities")
    name = models.CharField(max_length=120)
    designation = models.CharField(max_length=40, blank=True, help_text="Stadt or Gemeinde")
    sort_key = models.CharField(max_length=200, db_index=True)
    boundary = models.JSONField(help_text="GeoJSON geometry, WGS 84")
    label_point = PointField()

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A village, quarter or hamlet; its size stays empty where nobody knows it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="villages")
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=200, db_index=True)
    point = PointField(null=True)
    persons = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["search_key"]
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="village_once")]
        indexes = [GistIndex(fields=["point"], name="village_point")]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A postcode with the municipality and the point it stands for."""

    code = models.CharField(max_length=5)
    place = models.CharField(max_length=120)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="postcodes")
    point = PointField()
    is_delivery = models.BooleanField(help_text="false for bulk receivers, which are no place to live")

    class Meta:
        ordering = ["code", "place"]
        constraints = [
            models.UniqueConstraint(fields=["code", "place", "municipality"], name="postcode_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class SocialArea(models.Model):
    """A part of a municipality that planning looks at on its own: a social area, or a school's district."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default=AreaKind.SOCIAL_AREA.value, help_text="one of AreaKind")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="social_areas")
    boundary = models.JSONField(
        null=True, help_text="GeoJSON geometry, WGS 84; nothing where it is not known"
    )

    def __str__(self) -> str:
        return self.name


class AreaGroup(models.Model):
    """Municipalities that plan together, such as a regional conference."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="groups")

    def __str__(self) -> str:
        return self.name


class YouthOffice(models.Model):
    """A youth office and the municipalities it is competent for; a county may have several."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    organization = models.CharField(
        max_length=160, blank=True, help_text="its name in the directory, where it works in this house"
    )
    team = models.CharField(max_length=120, blank=True, help_text="the team that sees reports first")
    municipalities = models.ManyToManyField(Municipality, related_name="youth_offices")

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """Persons of one age in completed years, at the end of a year."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="population")
    year = models.PositiveSmallIntegerField()
    age = models.PositiveSmallIntegerField()
    persons = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "age"], name="population_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year} {self.age}"


class PopulationCell(models.Model):
    """A point with the persons who live around it, where a county knows more than its villages."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="cells")
    point = PointField()
    persons = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.persons}"


class Indicator(models.Model):
    """What is measured about a place, and which direction is good."""

    key = models.SlugField(primary_key=True)
    label = models.CharField(max_length=200)
    direction = models.CharField(max_length=20, blank=True)
    about = models.CharField(
        max_length=10, default=IndicatorAbout.NEED.value, help_text="need or use: never both in one index"
    )
    phase = models.CharField(max_length=50, blank=True, help_text="of a use: the phase that it is about")
    field = models.CharField(max_length=50, blank=True, help_text="of a use: the field that it is about")
    need = models.CharField(max_length=50, blank=True, help_text="of a use: the need that it should follow")
    from_folder = models.BooleanField(
        default=True,
        db_default=True,
        help_text="false once it was written here: `load-county` leaves it alone",
    )

    def __str__(self) -> str:
        return self.label


class IndicatorValue(models.Model):
    """One value of one indicator at one place in one year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="indicator_values")
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    from_folder = models.BooleanField(
        default=True,
        db_default=True,
        help_text="false once it was written here: `load-county` leaves it alone",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "municipality", "year"], name="indicator_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.municipality_id} {self.year}"
