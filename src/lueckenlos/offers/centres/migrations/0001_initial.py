"""Lay the tables of centres."""

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
            name='Centre',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('social_area', models.CharField(blank=True, help_text='key of the quarter', max_length=80)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('description', models.TextField(blank=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('is_public', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('invited', 'invited'), ('joined', 'joined'), ('left', 'left')], max_length=8)),
                ('since', models.DateField(null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='centres.centre')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='PlanNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField(help_text='whose note it is')),
                ('care', models.UUIDField(help_text='the member that takes care of it', null=True)),
                ('month', models.DateField(help_text='its first day')),
                ('day', models.DateField(null=True)),
                ('what', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('open', 'open'), ('settled', 'settled')], default='open', max_length=8)),
                ('created_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='centres.centre')),
            ],
        ),
        migrations.AddConstraint(
            model_name='centre',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='centre_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('centre', 'organization'), name='centres_member_once'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'joined'), _negated=True), ('since__isnull', False), _connector='OR'), name='centres_member_since'),
        ),
        migrations.AddIndex(
            model_name='plannote',
            index=models.Index(fields=['centre', 'month'], name='centres_note_month'),
        ),
        migrations.AddConstraint(
            model_name='plannote',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='centres_note_month_begins'),
        ),
        migrations.AddConstraint(
            model_name='plannote',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='centres_note_says_something'),
        ),
    ]
