"""Lay the tables of vouchers."""

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
            name='VoucherScheme',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), help_text='kinds of programmes that it pays for', size=None)),
                ('cents', models.PositiveIntegerField(help_text='at most, for one voucher')),
                ('pays_course', models.BooleanField(default=False, help_text='the whole price, up to so much')),
                ('age_min', models.PositiveSmallIntegerField(null=True)),
                ('age_max', models.PositiveSmallIntegerField(null=True)),
                ('stock', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('is_open', models.BooleanField(default=True, help_text='handed out at present')),
                ('created_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('scheme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='vouchers.voucherscheme')),
                ('given', models.PositiveIntegerField(default=0)),
                ('redeemed', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Giver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='givers', to='vouchers.voucherscheme')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('payer', models.UUIDField()),
                ('club', models.UUIDField()),
                ('month', models.DateField(help_text='its first day')),
                ('count', models.PositiveIntegerField()),
                ('cents', models.PositiveIntegerField()),
                ('settled_on', models.DateField()),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vouchers.voucherscheme')),
            ],
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('issued_by', models.UUIDField(help_text='the organization that handed it out')),
                ('state', models.CharField(choices=[('issued', 'issued'), ('redeemed', 'redeemed'), ('settled', 'settled'), ('expired', 'expired'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('age', models.PositiveSmallIntegerField()),
                ('ags', models.CharField(blank=True, help_text='where the child lives, for counting', max_length=8)),
                ('issued_on', models.DateField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.voucherscheme')),
            ],
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('payer', models.UUIDField()),
                ('club', models.UUIDField()),
                ('programme', models.UUIDField()),
                ('programme_title', models.CharField(help_text='as it was called then', max_length=160)),
                ('cents', models.PositiveIntegerField()),
                ('redeemed_on', models.DateField()),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.voucherscheme')),
                ('settlement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vouchers.settlement')),
                ('voucher', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.voucher')),
            ],
        ),
        migrations.AddConstraint(
            model_name='voucherscheme',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='scheme_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='voucherscheme',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gte', 1)), name='scheme_is_worth_something'),
        ),
        migrations.AddConstraint(
            model_name='voucherscheme',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lte', models.F('valid_until'))), name='scheme_begins_before_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='voucherscheme',
            constraint=models.CheckConstraint(condition=models.Q(('age_min__isnull', True), ('age_max__isnull', True), ('age_min__lte', models.F('age_max')), _connector='OR'), name='scheme_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='giver',
            constraint=models.UniqueConstraint(fields=('scheme', 'organization'), name='vouchers_giver_once'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['scheme', 'month'], name='settlement_month'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['scheme', 'issued_on'], name='voucher_scheme'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['issued_by', 'issued_on'], name='voucher_giver'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.CheckConstraint(condition=models.Q(('age__lte', 27)), name='voucher_age'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['scheme', 'redeemed_on'], name='redemption_scheme'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['club', 'redeemed_on'], name='redemption_club'),
        ),
    ]
