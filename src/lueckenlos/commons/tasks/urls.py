"""Everything that waits for somebody."""

from django.urls import path

from lueckenlos.commons.tasks import views

app_name = "tasks"
urlpatterns = [
    path("aufgaben/", views.mine, name="mine"),
    path("aufgaben/neu/", views.new, name="new"),
    path("aufgaben/<uuid:task_id>/", views.task, name="task"),
    path("aufgaben/<uuid:task_id>/erledigt/", views.done, name="done"),
    path("aufgaben/<uuid:task_id>/noch-nicht/", views.not_yet, name="not_yet"),
    path("aufgaben/<uuid:task_id>/uebernehmen/", views.take_over, name="take_over"),
    path("aufgaben/<uuid:task_id>/wieder-oeffnen/", views.reopen, name="reopen"),
    path("aufgaben/<uuid:task_id>/antwort/", views.answer, name="answer"),
    path("aufgaben/<uuid:task_id>/verschieben/", views.postpone, name="postpone"),
    path("aufgaben/<uuid:task_id>/weitergeben/", views.hand_over, name="hand_over"),
]
