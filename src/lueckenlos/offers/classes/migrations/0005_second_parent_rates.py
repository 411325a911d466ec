from django.db import migrations, models

from lueckenlos.offers.classes import policies


class Migration(migrations.Migration):

    dependencies = [
        ('classes', '0004_figures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rating',
            name='rater',
            field=models.CharField(choices=[('child', 'child'), ('parent', 'parent'), ('second', 'second'), ('teacher', 'teacher')], max_length=8),
        ),
        *policies.TABLES,
        policies.THEMSELVES_ALONE,
    ]
