"""Certificates of conduct: that one was seen, and when to look again."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates of conduct: that one was seen, and when to look again."""

    name = "lueckenlos.commons.certificates"
    label = "certificates"
