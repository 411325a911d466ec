"""Lay the table of tasks, and close it."""

import uuid
from django.db import migrations, models

from lueckenlos.commons.tasks import policies


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_audit'),
        ('accounts', '0003_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organization', models.UUIDField(help_text='none is the county itself', null=True)),
                ('owner_person', models.UUIDField(null=True)),
                ('owner_unit', models.UUIDField(null=True)),
                ('what', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('answer', 'answer'), ('call_back', 'call_back'), ('visit', 'visit'), ('tell_family', 'tell_family'), ('agreement', 'agreement'), ('delete_copy', 'delete_copy'), ('look_again', 'look_again'), ('correction', 'correction'), ('other', 'other')], max_length=20)),
                ('record', models.UUIDField(null=True)),
                ('record_kind', models.CharField(blank=True, max_length=40)),
                ('file_id', models.UUIDField(null=True)),
                ('due_at', models.DateTimeField()),
                ('created_by', models.UUIDField(help_text='none is a job', null=True)),
                ('created_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('end', models.CharField(blank=True, choices=[('done', 'done'), ('not_needed', 'not_needed'), ('impossible', 'impossible')], max_length=20)),
                ('done_at', models.DateTimeField(null=True)),
                ('climbed_at', models.DateTimeField(null=True)),
                ('climbed_to', models.UUIDField(help_text='the unit whose heads see it, since it was overdue', null=True)),
                ('remark', models.CharField(blank=True, help_text='why it was last put off or handed over', max_length=300)),
                ('remarked_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['owner_person', 'due_at'], name='task_open_of_person'), models.Index(condition=models.Q(('done_at__isnull', True)), fields=['owner_unit', 'due_at'], name='task_open_of_unit'), models.Index(condition=models.Q(('climbed_to__isnull', False)), fields=['climbed_to'], name='task_climbed_to'), models.Index(fields=['record'], name='task_of_record'), models.Index(condition=models.Q(('file_id__isnull', False)), fields=['file_id'], name='task_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('owner_person__isnull', False), ('owner_unit__isnull', True)), models.Q(('owner_person__isnull', True), ('owner_unit__isnull', False)), _connector='OR'), name='task_has_one_owner'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='task_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='task_answer_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('end', '')), models.Q(models.Q(('end', ''), _negated=True), ('done_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='task_ends_with_an_answer'), models.CheckConstraint(condition=models.Q(('climbed_to__isnull', True), ('climbed_at__isnull', False), _connector='OR'), name='task_climbs_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('record__isnull', True), ('record_kind', '')), models.Q(('record__isnull', False), models.Q(('record_kind', ''), _negated=True)), _connector='OR'), name='task_record_has_a_kind')],
            },
        ),
        policies.close_tasks(),
    ]
