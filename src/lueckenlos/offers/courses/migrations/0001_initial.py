"""Lay the tables of online courses."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0005_verification'),
    ]

    operations = [
        migrations.CreateModel(
            name='OnlineCourse',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('closed', 'closed')], default='draft', max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('description', models.TextField(blank=True)),
                ('platform', models.URLField(help_text='where the vendor takes codes', max_length=500)),
                ('modules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None)),
                ('age_max', models.PositiveSmallIntegerField(help_text='of the child, in completed years')),
                ('residents_only', models.BooleanField(default=True)),
                ('months', models.PositiveSmallIntegerField(default=12, help_text='how long an access lasts')),
                ('stock_weeks', models.PositiveSmallIntegerField(default=4, help_text='for so long the stock must last')),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('added_at', models.DateTimeField()),
                ('codes', models.PositiveIntegerField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='AccessCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('in_stock', 'in_stock'), ('reserved', 'reserved'), ('issued', 'issued'), ('activated', 'activated'), ('expired', 'expired'), ('returned', 'returned')], default='in_stock', max_length=12)),
                ('sealed', models.BinaryField()),
                ('sign', models.CharField(help_text='the same code gives the same sign, see signs.py', max_length=64)),
                ('redeem_until', models.DateField(null=True)),
                ('household', models.CharField(blank=True, help_text='whose it is or was, see signs.py', max_length=64)),
                ('reserved_on', models.DateField(null=True)),
                ('ends_on', models.DateField(help_text='the last day of the access', null=True)),
                ('changed_at', models.DateTimeField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.delivery')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='Enrollment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField(help_text='whose course it is')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('open', 'open'), ('ended', 'ended'), ('stopped', 'stopped'), ('lapsed', 'lapsed')], max_length=12)),
                ('household', models.CharField(help_text='see signs.py', max_length=64)),
                ('created_at', models.DateTimeField()),
                ('stated_on', models.DateField(help_text='when somebody said that child and home fit')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='de', max_length=20)),
                ('ags', models.CharField(blank=True, help_text='where they live, as they said it', max_length=8)),
                ('consent_version', models.CharField(max_length=40)),
                ('done', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, help_text='modules, from 1', size=None)),
                ('wants_reminders', models.BooleanField(default=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('last_active_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('has_fed_back', models.BooleanField(default=False)),
                ('code', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.accesscode')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stock', serialize=False, to='courses.onlinecourse')),
                ('in_stock', models.PositiveIntegerField(default=0)),
                ('reserved', models.PositiveIntegerField(default=0)),
                ('issued', models.PositiveIntegerField(default=0)),
                ('activated', models.PositiveIntegerField(default=0)),
                ('expired', models.PositiveIntegerField(default=0)),
                ('returned', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('low_since', models.DateTimeField(help_text='when the centres were told', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CourseFeedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('month', models.DateField()),
                ('helped', models.PositiveSmallIntegerField(help_text='1 to 5')),
                ('again', models.BooleanField(null=True)),
                ('words', models.TextField(blank=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='CourseCentre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organization')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='centres', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='StockWeek',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField(help_text='its Monday')),
                ('reserved', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.onlinecourse')),
            ],
        ),
        migrations.CreateModel(
            name='CodeShown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('shown_at', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.enrollment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enrollment', 'number'), name='code_shown_in_order')],
            },
        ),
        migrations.AddIndex(
            model_name='onlinecourse',
            index=models.Index(fields=['organization', 'created_at'], name='course_organization'),
        ),
        migrations.AddConstraint(
            model_name='onlinecourse',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='course_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='onlinecourse',
            constraint=models.CheckConstraint(condition=models.Q(('modules__len__gte', 1), ('modules__len__lte', 20)), name='course_modules'),
        ),
        migrations.AddConstraint(
            model_name='onlinecourse',
            constraint=models.CheckConstraint(condition=models.Q(('age_max__lte', 21)), name='course_age'),
        ),
        migrations.AddConstraint(
            model_name='onlinecourse',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 36)), name='course_months'),
        ),
        migrations.AddConstraint(
            model_name='onlinecourse',
            constraint=models.CheckConstraint(condition=models.Q(('stock_weeks__gte', 1), ('stock_weeks__lte', 26)), name='course_stock_weeks'),
        ),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(fields=['course', 'state', 'created_at'], name='enrollment_rank'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), ('state', 'waiting'), _connector='OR'), fields=('course', 'household'), name='enrollment_one_per_household'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('code__isnull', False), _connector='OR'), name='enrollment_open_has_a_code'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), ('state', 'waiting'), ('ended_at__isnull', False), _connector='OR'), name='enrollment_ends_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['course', 'added_at'], name='course_delivery'),
        ),
        migrations.AddConstraint(
            model_name='coursefeedback',
            constraint=models.CheckConstraint(condition=models.Q(('helped__gte', 1), ('helped__lte', 5)), name='course_feedback_scale'),
        ),
        migrations.AddConstraint(
            model_name='coursecentre',
            constraint=models.UniqueConstraint(fields=('course', 'organization'), name='course_centre_once'),
        ),
        migrations.AddIndex(
            model_name='accesscode',
            index=models.Index(fields=['course', 'state', 'redeem_until'], name='code_next'),
        ),
        migrations.AddConstraint(
            model_name='accesscode',
            constraint=models.UniqueConstraint(fields=('course', 'sign'), name='code_once'),
        ),
        migrations.AddConstraint(
            model_name='accesscode',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'activated'), ('state', 'issued'), ('state', 'reserved'), _connector='OR'), fields=('course', 'household'), name='code_one_per_household'),
        ),
        migrations.AddConstraint(
            model_name='accesscode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'activated'), ('state', 'issued'), ('state', 'reserved'), _connector='OR', _negated=True), models.Q(models.Q(('household', ''), _negated=True), ('reserved_on__isnull', False)), _connector='OR'), name='code_held_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='stockweek',
            constraint=models.UniqueConstraint(fields=('course', 'week'), name='course_week_once'),
        ),
    ]
