"""How roles and scopes are called in German."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role, ScopeKind

ROLES: dict[Role, str | Promise] = {
    Role.PROVIDER: _("Anbieter"),
    Role.PROFESSIONAL: _("Fachkraft"),
    Role.PREVENTION_OFFICER: _("Präventionskraft"),
    Role.FAMILY_OFFICE: _("Familienbüro"),
    Role.MUNICIPALITY: _("Kommune"),
    Role.COORDINATION: _("Koordination"),
    Role.VOLUNTEER: _("Ehrenamt"),
    Role.PARTNER: _("Partner der Familienkarte"),
    Role.DATA_PROTECTION: _("Datenschutz"),
    Role.ADMINISTRATION: _("Verwaltung des Hauses"),
    Role.FAMILY: _("Familie"),
    Role.YOUNG_PERSON: _("Junger Mensch"),
}
GRANTED = [role for role in ROLES if role not in {Role.FAMILY, Role.YOUNG_PERSON}]

SCOPE_KINDS: dict[ScopeKind, str | Promise] = {
    ScopeKind.COUNTY: _("Ganzer Kreis"),
    ScopeKind.MUNICIPALITY: _("Städte und Gemeinden"),
    ScopeKind.ORGANIZATION: _("Organisationen"),
}
