"""Lay the tables of bookings."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0005_verification'),
        ('places', '0005_youth_office_organization'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'person'), ('room', 'room'), ('thing', 'thing')], max_length=8)),
                ('title', models.CharField(max_length=160)),
                ('description', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(help_text='of one slot')),
                ('before', models.PositiveSmallIntegerField(default=0, help_text='minutes to get ready')),
                ('after', models.PositiveSmallIntegerField(default=0, help_text='minutes to clear up')),
                ('least_hours', models.PositiveSmallIntegerField(default=24, help_text='ahead, at least')),
                ('most_days', models.PositiveSmallIntegerField(default=60, help_text='ahead, at most')),
                ('parallel', models.PositiveSmallIntegerField(default=1, help_text='bookings at a time')),
                ('needs_approval', models.BooleanField(default=False)),
                ('is_public', models.BooleanField(default=False, help_text='families may book, not organizations alone')),
                ('is_open', models.BooleanField(default=True)),
                ('shows_titles', models.BooleanField(default=False, help_text="the organization's own, in its calendar")),
                ('hours', models.TextField(blank=True, help_text='a line each: FREQ=WEEKLY;BYDAY=TU 14:00-17:00')),
                ('closed_on', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None)),
                ('created_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField(help_text='whose resource it is')),
                ('guest', models.UUIDField(help_text='another organization that booked it', null=True)),
                ('state', models.CharField(choices=[('requested', 'requested'), ('booked', 'booked'), ('cancelled', 'cancelled'), ('declined', 'declined')], max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('busy_from', models.DateTimeField()),
                ('busy_until', models.DateTimeField()),
                ('lane', models.PositiveSmallIntegerField(default=0, help_text='which of the parallel places')),
                ('is_block', models.BooleanField(default=False)),
                ('series', models.UUIDField(null=True)),
                ('title', models.CharField(blank=True, max_length=160)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='de', max_length=20)),
                ('interpreter', models.CharField(blank=True, help_text='language that is wished', max_length=20)),
                ('gender', models.CharField(blank=True, choices=[('woman', 'woman'), ('man', 'man')], max_length=8)),
                ('way', models.CharField(choices=[('on_site', 'on_site'), ('phone', 'phone')], default='on_site', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('consent_version', models.CharField(blank=True, max_length=40)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.resource')),
            ],
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['organization', 'title'], name='resource_organization'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='resource_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 1440)), name='resource_minutes'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('parallel__gte', 1), ('parallel__lte', 20)), name='resource_parallel'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['resource', 'starts_at'], name='booking_times'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['starts_at'], name='booking_starts'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('busy_from__lte', models.F('starts_at')), ('busy_until__gte', models.F('ends_at'))), name='booking_holds_its_time'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('lane__lt', 20)), name='booking_lane'),
        ),
    ]
