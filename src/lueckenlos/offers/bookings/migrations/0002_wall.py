"""Close the table of bookings, and let the database itself refuse two for one time."""

from django.db import migrations

from lueckenlos.offers.bookings import policies


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.ALONE, *policies.AT_FIRST]
