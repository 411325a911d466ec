"""Start pages, the health page and what only a demo has."""

from django.conf import settings
from django.urls import URLPattern, path

from lueckenlos.portal import demo, health, legal, views

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("schreibtisch/", views.desk, name="desk"),
    path("ueber/", legal.about, name="about"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path("gesundheit/", health.health, name="health"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/post/", demo.post, name="demo-post"),
        path("demo/rollen/", demo.people, name="demo-people"),
        path("demo/rollen/anmelden/", demo.enter, name="demo-enter"),
    ]
