"""Lay the tables of programmes."""

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
            name='Programme',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('talk', 'talk'), ('course', 'course'), ('open_group', 'open_group'), ('holiday', 'holiday'), ('family_class', 'family_class'), ('training', 'training'), ('sport', 'sport')], max_length=20)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('cancelled', 'cancelled')], default='draft', max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('description', models.TextField(blank=True)),
                ('format', models.CharField(choices=[('in_person', 'in_person'), ('online', 'online'), ('hybrid', 'hybrid')], max_length=12)),
                ('comes', models.CharField(choices=[('adult', 'adult'), ('child', 'child'), ('both', 'both')], max_length=8)),
                ('for_professionals', models.BooleanField(default=False)),
                ('age_min', models.PositiveSmallIntegerField(null=True)),
                ('age_max', models.PositiveSmallIntegerField(null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('speakers', models.CharField(blank=True, max_length=300)),
                ('partners', models.CharField(blank=True, max_length=300)),
                ('fee', models.CharField(blank=True, help_text='empty: free of charge', max_length=200)),
                ('capacity', models.PositiveIntegerField(help_text='none: without limit', null=True)),
                ('waitlist_limit', models.PositiveIntegerField(help_text='groups; none: without limit', null=True)),
                ('most_together', models.PositiveSmallIntegerField(default=4, help_text='persons in one registration')),
                ('quotas', models.JSONField(default=list)),
                ('questions', models.JSONField(default=list)),
                ('opens_at', models.DateTimeField(null=True)),
                ('closes_at', models.DateTimeField(null=True)),
                ('answer_hours', models.PositiveSmallIntegerField(default=48, help_text='for whoever moves up')),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='programmes.programme')),
                ('taken', models.PositiveIntegerField(default=0)),
                ('promised', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('address', models.URLField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('hours_before', models.PositiveSmallIntegerField(default=24)),
                ('materials', models.URLField(blank=True, max_length=500)),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('month', models.DateField()),
                ('helped', models.PositiveSmallIntegerField(help_text='1 to 5')),
                ('again', models.BooleanField(null=True)),
                ('words', models.TextField(blank=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organization', models.UUIDField(help_text='whose programme it is')),
                ('state', models.CharField(choices=[('placed', 'placed'), ('offered', 'offered'), ('waiting', 'waiting'), ('cancelled', 'cancelled'), ('declined', 'declined'), ('lapsed', 'lapsed')], max_length=12)),
                ('size', models.PositiveSmallIntegerField()),
                ('fits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text='quotas that it fits', size=None)),
                ('created_at', models.DateTimeField()),
                ('offered_until', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='de', max_length=20)),
                ('ags', models.CharField(blank=True, help_text='where they live, as they said it', max_length=8)),
                ('answers', models.JSONField(default=list)),
                ('signs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='one for each who comes, see signs.py', size=None)),
                ('consent_version', models.CharField(max_length=40)),
                ('has_fed_back', models.BooleanField(default=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('first_name', models.CharField(max_length=80)),
                ('family_name', models.CharField(blank=True, max_length=80)),
                ('born_on', models.DateField(null=True)),
                ('support', models.CharField(blank=True, help_text='what helps this person to take part', max_length=300)),
                ('is_child', models.BooleanField(default=False)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='programmes.registration')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, help_text="empty: the programme's own", max_length=200)),
                ('is_cancelled', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('link_sent_at', models.DateTimeField(null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('came', models.BooleanField()),
                ('recorded_at', models.DateTimeField()),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.seat')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.session')),
            ],
        ),
        migrations.AddIndex(
            model_name='programme',
            index=models.Index(fields=['organization', 'created_at'], name='programme_organization'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='programme_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('age_min__isnull', True), ('age_max__isnull', True), ('age_min__lte', models.F('age_max')), _connector='OR'), name='programme_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__isnull', True), ('closes_at__isnull', True), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='programme_opens_before_it_closes'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('most_together__gte', 1), ('most_together__lte', 10)), name='programme_group_size'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('helped__gte', 1), ('helped__lte', 5)), name='feedback_scale'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['programme', 'created_at'], name='registration_rank'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 10)), name='registration_size'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='registration_offer_has_a_deadline'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['registration'], name='seat_registration'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['starts_at'], name='session_starts'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('programme', 'starts_at'), name='session_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('session', 'seat'), name='programmes_attendance_once'),
        ),
    ]
