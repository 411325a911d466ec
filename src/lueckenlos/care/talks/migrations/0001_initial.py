"""Lay the tables of talks."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0005_verification'),
        ('places', '0004_own_indicators'),
        ('privacy', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('brought_by', models.UUIDField()),
                ('created_at', models.DateTimeField()),
                ('pseudonym', models.CharField(max_length=40)),
                ('minutes', models.PositiveSmallIntegerField(default=15)),
                ('about', models.UUIDField(help_text='the person of the file whom it is about first', null=True)),
                ('age_band', models.CharField(blank=True, choices=[('before_birth', 'before_birth'), ('under_3', 'under_3'), ('from_3', 'from_3'), ('from_6', 'from_6'), ('from_10', 'from_10'), ('from_14', 'from_14'), ('from_18', 'from_18')], max_length=20)),
                ('field', models.CharField(blank=True, help_text="the chain's field of action", max_length=40)),
                ('question', models.TextField(blank=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='privacy.file')),
                ('municipality', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.municipality')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('week', models.PositiveSmallIntegerField(help_text='which of its weekdays in the month; 5 is the last')),
                ('weekday', models.PositiveSmallIntegerField(help_text='0 is Monday')),
                ('begins', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=120)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='talks.series')),
            ],
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('is_substitute', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegates', to='talks.series')),
            ],
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('running', 'running'), ('held', 'held'), ('cancelled', 'cancelled')], max_length=20)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('remarks', models.TextField(blank=True, help_text='what concerns no single case; without names')),
                ('erase_after', models.DateTimeField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='talks.series')),
            ],
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='talks.talk')),
            ],
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('about', models.UUIDField(null=True)),
                ('outcome', models.CharField(choices=[('advice', 'advice'), ('agreed', 'agreed'), ('no_offer', 'no_offer'), ('again', 'again')], max_length=20)),
                ('text', models.TextField()),
                ('counted_on', models.DateField(help_text='the day on which the missing offer was counted, once', null=True)),
                ('recorded_by', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='privacy.file')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='talks.item')),
                ('next_talk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talks.talk')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talks.talk')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='talk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='talks.talk'),
        ),
        migrations.CreateModel(
            name='CallUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('called_at', models.DateTimeField()),
                ('called_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_ups', to='talks.item')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talks.talk')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('came_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='talks.talk')),
            ],
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about', models.UUIDField(null=True)),
                ('person', models.UUIDField(null=True)),
                ('what', models.CharField(max_length=240)),
                ('due_at', models.DateTimeField()),
                ('task', models.UUIDField()),
                ('created_by', models.UUIDField()),
                ('created_at', models.DateTimeField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='privacy.file')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='talks.item')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talks.talk')),
            ],
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('category', models.CharField(choices=[('identity', 'identity'), ('contact', 'contact'), ('situation', 'situation'), ('family', 'family'), ('health', 'health'), ('school', 'school'), ('development', 'development'), ('finances', 'finances'), ('housing', 'housing'), ('agreements', 'agreements'), ('help', 'help'), ('documents', 'documents')], max_length=30)),
                ('about', models.UUIDField()),
                ('confided_to', models.UUIDField(help_text='§ 65 SGB VIII: to this worker alone', null=True)),
                ('confided_by', models.UUIDField(help_text='the person of the file who confided it', null=True)),
                ('held_back', models.BooleanField(default=False)),
                ('author', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('is_of_file', models.BooleanField(default=False)),
                ('voice', models.CharField(choices=[('family', 'family'), ('office', 'office')], max_length=10)),
                ('text', models.TextField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='privacy.file')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='talks.item')),
            ],
            options={
                'indexes': [models.Index(fields=['item'], name='contribution_item'), models.Index(fields=['about'], name='contribution_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='contribution_says_something'), models.CheckConstraint(condition=models.Q(('is_of_file', True), ('voice', 'office'), _connector='OR'), name='contribution_family_by_its_worker')],
            },
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('week__gte', 1), ('week__lte', 5)), name='series_week_of_month'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 4)), name='series_on_a_working_day'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 15), ('minutes__lte', 480)), name='series_within_a_day'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='series_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('series', 'organization'), name='seat_once'),
        ),
        migrations.AddIndex(
            model_name='delegate',
            index=models.Index(fields=['person'], name='delegate_person'),
        ),
        migrations.AddConstraint(
            model_name='delegate',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('series', 'organization', 'person'), name='delegate_once'),
        ),
        migrations.AddIndex(
            model_name='talk',
            index=models.Index(fields=['series', 'starts_at'], name='talk_series_time'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='talk_has_a_length'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('erase_after__gt', models.F('starts_at'))), name='talk_is_kept_a_while'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.UniqueConstraint(fields=('series', 'starts_at'), name='talk_once'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.UniqueConstraint(fields=('talk', 'organization', 'person'), name='stand_in_once'),
        ),
        migrations.AddIndex(
            model_name='result',
            index=models.Index(fields=['next_talk'], name='result_next_talk'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('item', 'talk'), name='result_once_a_talk'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', True), ('file__isnull', True)), models.Q(('about__isnull', False), ('file__isnull', False)), _connector='OR'), name='result_of_a_case_has_a_person'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['talk'], name='item_talk'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('file__isnull', False)), fields=['file'], name='item_file'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', True), ('file__isnull', True)), models.Q(('about__isnull', False), ('age_band', ''), ('field', ''), ('file__isnull', False), ('question', ''), ('municipality__isnull', True)), _connector='OR'), name='item_named_says_nothing_itself'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('file__isnull', False), models.Q(('question', ''), _negated=True), _connector='OR'), name='item_pseudonymous_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 90)), name='item_has_its_time'),
        ),
        migrations.AddIndex(
            model_name='callup',
            index=models.Index(fields=['talk', 'called_at'], name='call_up_talk'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('talk', 'organization', 'person'), name='attendance_once'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['item'], name='agreement_item'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='agreement_says_what'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', True), ('file__isnull', True)), models.Q(('about__isnull', False), ('file__isnull', False)), _connector='OR'), name='agreement_of_a_case_has_a_person'),
        ),
    ]
