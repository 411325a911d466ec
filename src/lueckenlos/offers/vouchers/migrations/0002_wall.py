"""Close the tables of vouchers, and count the stock outside the wall."""

from django.db import migrations

from lueckenlos.offers.vouchers import policies


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.STOCK, *policies.FIRST]
