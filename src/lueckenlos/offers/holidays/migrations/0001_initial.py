"""Lay the tables of rounds and wish lists."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0005_verification'),
        ('programmes', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('allocated', 'allocated'), ('published', 'published')], default='draft', max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('holiday', models.CharField(max_length=80)),
                ('wishes_from', models.DateTimeField()),
                ('wishes_until', models.DateTimeField()),
                ('rest_from', models.DateTimeField(help_text='from when on remaining places are open to all')),
                ('most_each', models.PositiveSmallIntegerField(default=1, help_text='offers that one child may get')),
                ('seed_source', models.CharField(help_text='told beforehand: where the seed will come from', max_length=300)),
                ('seed', models.CharField(blank=True, max_length=200)),
                ('over_at', models.DateTimeField(help_text='when the last date of its offers is over', null=True)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='RoundReport',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='holidays.round')),
                ('lists', models.PositiveIntegerField()),
                ('children', models.PositiveIntegerField()),
                ('with_place', models.PositiveIntegerField()),
                ('first_wish', models.PositiveIntegerField()),
                ('children_with_place', models.PositiveIntegerField()),
                ('seats', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField()),
                ('blocking', models.PositiveIntegerField(help_text='lists that a better wish would rather have, with groups')),
                ('lost', models.PositiveIntegerField(default=0, help_text='places that were gone when they were written')),
                ('computed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RoundOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kept', models.PositiveSmallIntegerField(default=0)),
                ('agreed_at', models.DateTimeField(help_text='when its own organization said yes', null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.round')),
            ],
        ),
        migrations.CreateModel(
            name='WishList',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField(help_text='who runs the round')),
                ('number', models.CharField(help_text='by which the lot is drawn; says nothing of anybody', max_length=16)),
                ('signs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='one for each child, see programmes/signs.py', size=None)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, help_text='signs of those with support need', size=None)),
                ('ags', models.CharField(blank=True, help_text='where they live, as they said it', max_length=8)),
                ('consent_version', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.round')),
            ],
        ),
        migrations.CreateModel(
            name='WishContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='de', max_length=20)),
                ('list', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.wishlist')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WishChild',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('first_name', models.CharField(max_length=80)),
                ('family_name', models.CharField(blank=True, max_length=80)),
                ('born_on', models.DateField()),
                ('has_need', models.BooleanField(default=False)),
                ('support', models.CharField(blank=True, help_text='what helps this child to take part', max_length=300)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.wishlist')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.roundoffer')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.wishlist')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organization', models.UUIDField()),
                ('wish', models.PositiveSmallIntegerField()),
                ('code', models.CharField(choices=[('place', 'place'), ('lot', 'lot'), ('group', 'group'), ('kept', 'kept'), ('full_before', 'full_before'), ('unsettled', 'unsettled'), ('clash', 'clash'), ('limit', 'limit')], max_length=12)),
                ('size', models.PositiveSmallIntegerField()),
                ('seats', models.PositiveIntegerField(default=0)),
                ('lot', models.PositiveIntegerField(default=0)),
                ('lots', models.PositiveIntegerField(default=0)),
                ('left', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('registration', models.UUIDField(null=True)),
                ('is_lost', models.BooleanField(default=False, help_text='the place was gone when it was written')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.roundoffer')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='holidays.wishlist')),
            ],
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['organization', 'created_at'], name='round_organization'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='round_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('rest_from__gt', models.F('wishes_until')), ('wishes_from__lt', models.F('wishes_until'))), name='round_moments_in_order'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('most_each__gte', 1), ('most_each__lte', 10)), name='round_most_each'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seed', ''), models.Q(('state', 'draft'), ('state', 'open'), _connector='OR')), models.Q(models.Q(('state', 'allocated'), ('state', 'published'), _connector='OR'), models.Q(('seed', ''), _negated=True)), _connector='OR'), name='round_is_allocated_by_its_seed'),
        ),
        migrations.AddConstraint(
            model_name='roundoffer',
            constraint=models.UniqueConstraint(fields=('round', 'programme'), name='round_offer_once'),
        ),
        migrations.AddConstraint(
            model_name='wishlist',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='wish_list_number_once'),
        ),
        migrations.AddConstraint(
            model_name='wishlist',
            constraint=models.CheckConstraint(condition=models.Q(('signs__len__gte', 1), ('signs__len__lte', 6)), name='wish_list_size'),
        ),
        migrations.AddConstraint(
            model_name='wishchild',
            constraint=models.UniqueConstraint(fields=('list', 'position'), name='wish_child_position'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('list', 'position'), name='wish_position_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('list', 'offer'), name='wish_offer_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('list', 'offer'), name='decision_once'),
        ),
    ]
