"""Addresses of the register of advisers."""

from django.urls import path

from lueckenlos.care.advisers import views

app_name = "advisers"
urlpatterns = [
    path("kinderschutz/beratende/", views.register, name="register"),
    path("kinderschutz/beratende/neu/", views.new, name="new"),
    path("kinderschutz/beratende/<uuid:key>/", views.adviser, name="adviser"),
    path("kinderschutz/beratende/<uuid:key>/aendern/", views.edit, name="edit"),
    path("kinderschutz/beratende/<uuid:key>/nicht-da/", views.away, name="away"),
    path("kinderschutz/beratende/<uuid:key>/beraet/", views.advise, name="advise"),
    path("kinderschutz/beratende/<uuid:key>/beraet-nicht-mehr/", views.advise_no_longer, name="no_longer"),
    path("kinderschutz/treffen/neu/", views.plan_meeting, name="plan_meeting"),
    path("kinderschutz/treffen/<uuid:key>/", views.meeting, name="meeting"),
]
