"""Lay the register of certificates of conduct, and close it."""

import uuid
from django.db import migrations, models

from lueckenlos.commons.certificates import policies


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_audit'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organization', models.UUIDField(help_text='who keeps it; none is the county itself', null=True)),
                ('person', models.UUIDField(null=True)),
                ('person_name', models.CharField(max_length=120)),
                ('activity', models.CharField(max_length=200)),
                ('dated_on', models.DateField(help_text="the certificate's own date")),
                ('seen_on', models.DateField()),
                ('look_again_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('recorded_by', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'look_again_on'], name='certificate_of_organization')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person_name', ''), _negated=True), models.Q(('activity', ''), _negated=True)), name='certificate_says_whose'), models.CheckConstraint(condition=models.Q(('dated_on__lte', models.F('seen_on'))), name='certificate_was_written_before'), models.CheckConstraint(condition=models.Q(('look_again_on__gt', models.F('seen_on')), ('look_again_on__lte', models.Func(models.F('seen_on'), output_field=models.DateField(), template="(%(expressions)s + interval '5 years')"))), name='certificate_seen_every_five_years')],
            },
        ),
        policies.close_certificates(),
    ]
