from django.db import migrations

from lueckenlos.offers.vouchers import policies


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_desks"), ("vouchers", "0002_wall")]
    operations = [*policies.TABLES]
