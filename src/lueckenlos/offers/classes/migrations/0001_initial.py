"""Lay the tables of family classes."""

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
            name='FamilyClass',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=160)),
                ('description', models.TextField(blank=True)),
                ('place', models.CharField(max_length=200)),
                ('weekday', models.PositiveSmallIntegerField(help_text='1 Monday to 7 Sunday')),
                ('begins', models.TimeField()),
                ('ends', models.TimeField()),
                ('last_day', models.DateField()),
                ('capacity', models.PositiveSmallIntegerField(help_text='families')),
                ('is_open', models.BooleanField(default=True, help_text='takes in new families')),
                ('created_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('family_class', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='classes.familyclass')),
                ('taken', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField(help_text='whose class it is')),
                ('number', models.PositiveSmallIntegerField(help_text='of this class; becomes the mark, see marks.py')),
                ('state', models.CharField(choices=[('invited', 'invited'), ('visiting', 'visiting'), ('visited', 'visited'), ('waiting', 'waiting'), ('yes', 'yes'), ('no', 'no'), ('lapsed', 'lapsed'), ('left', 'left')], max_length=8)),
                ('language', models.CharField(default='de', max_length=20)),
                ('talked_on', models.DateField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('family_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.familyclass')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('child', models.CharField(help_text='first name', max_length=80)),
                ('parent', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='de', max_length=20)),
                ('is_reminded', models.BooleanField(default=True)),
                ('consent_version', models.CharField(max_length=40)),
                ('joined_at', models.DateTimeField()),
                ('family_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.familyclass')),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.invitation')),
            ],
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=120)),
                ('since', models.DateField()),
                ('achieved_on', models.DateField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.member')),
            ],
        ),
        migrations.CreateModel(
            name='Morning',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_cancelled', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('family_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mornings', to='classes.familyclass')),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='visit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='classes.morning'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('child', models.BooleanField()),
                ('parent', models.BooleanField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.member')),
                ('morning', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.morning')),
            ],
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('member', models.UUIDField(help_text='whose goal it is')),
                ('organization', models.UUIDField()),
                ('rater', models.CharField(choices=[('child', 'child'), ('parent', 'parent'), ('teacher', 'teacher')], max_length=8)),
                ('face', models.PositiveSmallIntegerField()),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.goal')),
                ('morning', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classes.morning')),
            ],
        ),
        migrations.AddIndex(
            model_name='familyclass',
            index=models.Index(fields=['organization', 'title'], name='family_class_organization'),
        ),
        migrations.AddConstraint(
            model_name='familyclass',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='family_class_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='familyclass',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='family_class_hours'),
        ),
        migrations.AddConstraint(
            model_name='familyclass',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='family_class_weekday'),
        ),
        migrations.AddConstraint(
            model_name='familyclass',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 20)), name='family_class_capacity'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('id', models.F('invitation_id'))), name='member_has_the_key_of_its_invitation'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 3)), name='goal_number'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(condition=models.Q(('achieved_on__isnull', True)), fields=('member', 'number'), name='goal_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='morning',
            index=models.Index(fields=['starts_at'], name='morning_starts'),
        ),
        migrations.AddConstraint(
            model_name='morning',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='morning_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='morning',
            constraint=models.UniqueConstraint(fields=('family_class', 'starts_at'), name='morning_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('family_class', 'number'), name='invitation_number'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'visiting'), _negated=True), ('visit__isnull', False), _connector='OR'), name='invitation_visit_has_a_morning'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('member', 'morning'), name='class_attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('goal', 'morning', 'rater'), name='rating_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('face__gte', 1), ('face__lte', 5)), name='rating_face'),
        ),
    ]
