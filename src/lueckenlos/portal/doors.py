"""The everyday doors of the front page, in families' words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: what people say, and the search that it opens."""

    title: str | Promise
    text: str | Promise
    icon: str
    query: dict[str, str]

    @property
    def url(self) -> str:
        """The search behind the door."""
        return f"{reverse('finder:search')}?{urlencode(self.query)}"


DOORS = (
    Door(
        _("Mein Kind ist noch ganz klein"), _("Schwangerschaft, Baby, erste Jahre"), "baby", {"phase": "u3"}
    ),
    Door(
        _("In der Schule klappt es nicht"),
        _("Lernen, Streit, keine Lust"),
        "school",
        {"feld": "schule_bildung"},
    ),
    Door(
        _("Das Geld reicht nicht"),
        _("Anträge, Schulden, Kleidung, Essen"),
        "wallet",
        {"feld": "existenz_wohnen"},
    ),
    Door(
        _("Wir sind neu hier"), _("Sprache, Ankommen, Papiere"), "arrival", {"feld": "ankommen_integration"}
    ),
    Door(
        _("Zu Hause ist es schwer"),
        _("Streit, Trennung, Sorgen, Angst"),
        "heart",
        {"feld": "familie_erziehung"},
    ),
    Door(_("Freizeit und Ferien"), _("Sport, Musik, Treffen, Ausflüge"), "ball", {"feld": "sport_freizeit"}),
)
YOUNG = Door(
    _("Ich bin jung und brauche selbst jemanden"),
    _("Du musst keinen Namen sagen und brauchst keine E-Mail. Deine Eltern erfahren nichts davon."),
    "speech",
    {"phase": "sek1", "feld": "schutz_recht"},
)
