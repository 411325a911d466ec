"""Forms of the desk: the one-line tally, an answer, a question, a referral, a hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.care.cases.types import Channel, NewTally, TallyOutcome
from lueckenlos.care.frontdoor.desk_wording import COUNTED_CHANNELS, MISSING, OUTCOMES
from lueckenlos.care.frontdoor.forms.public import RequestForm
from lueckenlos.care.frontdoor.selectors import whereabouts
from lueckenlos.care.frontdoor.types import NewAnswer, NewReferral, Whereabouts
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import Catalog, ServiceView
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.commons.tasks.types import Owner, OwnerChoice
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer, offer_openly

LONGEST: Final = 10_000
NONE: Final = ("", "–")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a call was about, as families say it: a life phase, a field, or both."""

    label: str
    phase: str = ""
    field: str = ""


# The everyday doors of the front page; whichever of their keys the county does not have is left out.
DOORS: Final = (
    Topic("Mein Kind ist noch ganz klein", phase="u3"),
    Topic("In der Schule klappt es nicht", field="schule_bildung"),
    Topic("Das Geld reicht nicht", field="existenz_wohnen"),
    Topic("Wir sind neu hier", field="ankommen_integration"),
    Topic("Zu Hause ist es schwer", field="familie_erziehung"),
    Topic("Freizeit und Ferien", field="sport_freizeit"),
)


class TallyForm(forms.Form):
    """One line, without a person: saved with Enter from any field."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Wie"),
        choices=[(channel.value, word) for channel, word in COUNTED_CHANNELS.items()],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )
    place = forms.CharField(
        label=gettext_lazy("Wohnort"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Thema"), required=False)
    phase = forms.ChoiceField(label=gettext_lazy("Alter"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Ergebnis"),
        choices=[(outcome.value, word) for outcome, word in OUTCOMES.items()],
        widget=forms.RadioSelect,
        initial=TallyOutcome.ANSWERED.value,
    )
    language = forms.ChoiceField(label=gettext_lazy("Sprache"), required=False)
    asked_by_child = forms.BooleanField(label=gettext_lazy("Kind allein"), required=False)

    def __init__(self, *args: Any, catalog: Catalog, **given: Any) -> None:
        super().__init__(*args, **given)
        phases = {phase.key for phase in catalog.phases}
        fields = {field.key for field in catalog.fields}
        doors = [
            (f"{door.phase}/{door.field}", door.label)
            for door in DOORS
            if (not door.phase or door.phase in phases) and (not door.field or door.field in fields)
        ]
        offer(
            self,
            "topic",
            [
                NONE,
                (_("Wie Familien es sagen"), doors),
                (_("Handlungsfeld"), [(f"/{field.key}", field.label) for field in catalog.fields]),
            ],
        )
        offer(self, "phase", [NONE, *((phase.key, phase.label) for phase in catalog.phases)])
        spoken = dict.fromkeys(("de", *places.county().spoken_languages))
        offer(self, "language", [(code, language_name(code)) for code in spoken])
        self.where = Whereabouts()

    def clean(self) -> dict[str, Any]:
        """A place that nobody knows is said, so that it can be mended; nothing else holds the line up."""
        given = super().clean() or {}
        self.where = whereabouts(given.get("place", ""))
        if self.where.is_unknown:
            self.add_error(
                "place",
                _("„%(place)s“ kennen wir nicht. Bitte anders schreiben oder leer lassen.")
                % {"place": self.where.typed},
            )
        return given

    def to_tally(self) -> NewTally:
        """The line as it was told; a door's phase counts where none was chosen."""
        given = self.cleaned_data
        phase, _slash, field = given["topic"].partition("/")
        return NewTally(
            channel=Channel(given["channel"]),
            outcome=TallyOutcome(given["outcome"]),
            ags=self.where.ags,
            phase=given["phase"] or phase,
            field=field,
            language=given["language"] or "de",
            asked_by_child=given["asked_by_child"],
        )


class TakenDownForm(RequestForm):
    """A matter that somebody tells at the telephone or the counter, taken down for them."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Wie es kommt"),
        choices=[(channel.value, word) for channel, word in COUNTED_CHANNELS.items()],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )
    age = forms.IntegerField(
        label=gettext_lazy("Alter, wenn ein Kind oder junger Mensch selbst kommt"),
        required=False,
        min_value=5,
        max_value=26,
    )
    website = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, speaks="de", **given)
        labels = {
            "words": (_("Worum geht es?"), _("In den Worten der Familie, so wie sie es sagt.")),
            "who": (_("Wer kommt?"), ""),
            "name": (_("Name"), _("Nur wenn die Familie ihn sagen möchte.")),
            "wishes": (_("Wie dürfen wir uns melden?"), _("Nur so, wie die Familie es möchte.")),
            "place": (_("Wohnort"), _("Ort oder Postleitzahl")),
            "others_listen": (_("Andere können Nachrichten hören oder lesen: vorsichtig sein"), ""),
            "not_so": (_("So nicht"), _("Zum Beispiel: nicht am Abend, nichts auf die Mailbox")),
            "language": (_("Sprache der Antwort"), ""),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint

    @property
    def is_a_program(self) -> bool:
        """Whoever is signed in is none."""
        return False


class AnswerForm(forms.Form):
    """What the office answers, with services and a date."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Ihre Antwort"),
        help_text=gettext_lazy("Die Familie liest sie so, wie sie hier steht."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie eine Antwort.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Sprache der Antwort"), required=False)
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Diese Angebote dazulegen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    day = DayField(
        label=gettext_lazy("Termin am"),
        required=False,
    )
    hour = forms.TimeField(
        label=gettext_lazy("um"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Bitte geben Sie eine Uhrzeit an, zum Beispiel 14:30.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Wo"), max_length=200, required=False, help_text=gettext_lazy("Raum oder Telefon")
    )
    missing = forms.ChoiceField(
        label=gettext_lazy("Was hat gefehlt?"),
        help_text=gettext_lazy("Wird gezählt, ohne die Familie."),
        required=False,
        choices=[("", gettext_lazy("nichts")), *((reason.value, word) for reason, word in MISSING.items())],
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], now: datetime, **given: Any) -> None:
        given["initial"] = {"key": uuid4(), "language": "de", **given.get("initial", {})}
        super().__init__(*args, **given)
        self.now = now
        offer(self, "services", list(offered))
        offer(self, "language", [(code, language_name(code)) for code in _LANGUAGES])

    def clean(self) -> dict[str, Any]:
        """A date has its hour and lies ahead."""
        given = super().clean() or {}
        day, hour = given.get("day"), given.get("hour")
        if day is not None and hour is None and "hour" not in self.errors:
            self.add_error("hour", _("Bitte nennen Sie auch die Uhrzeit."))
        if hour is not None and day is None and "day" not in self.errors:
            self.add_error("day", _("Bitte nennen Sie auch den Tag."))
        if day is not None and hour is not None and _at(day, hour) <= self.now:
            self.add_error("day", _("Dieser Termin ist schon vorbei."))
        return given

    def to_answer(self) -> NewAnswer:
        """The answer as it was written."""
        given = self.cleaned_data
        return NewAnswer(
            words=given["words"].strip(),
            key=given["key"],
            language=given["language"] or "de",
            service_keys=tuple(given["services"]),
            appointment=_at(given["day"], given["hour"]) if given["day"] else None,
            place=given["place"],
            missing=SignalReason(given["missing"]) if given["missing"] else None,
        )


class QuestionForm(forms.Form):
    """What the office must know before it can answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Was möchten Sie noch wissen?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie Ihre Frage.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        given["initial"] = {"key": uuid4(), **given.get("initial", {})}
        super().__init__(*args, **given)


class ReferForm(forms.Form):
    """Where a part of the matter goes, and whether anything is told there."""

    service = forms.ChoiceField(label=gettext_lazy("Zu diesem Angebot"), required=False)
    organization = forms.ChoiceField(label=gettext_lazy("oder zu dieser Stelle"), required=False)
    with_data = forms.ChoiceField(
        label=gettext_lazy("Was geht mit?"),
        choices=[
            ("no", gettext_lazy("Nichts: Die Familie meldet sich dort selbst")),
            ("yes", gettext_lazy("Worum es geht, Telefon und Adresse: nur mit Einwilligung")),
        ],
        widget=forms.RadioSelect,
        initial="no",
    )
    message = forms.CharField(
        label=gettext_lazy("Ein Satz dazu"),
        help_text=gettext_lazy("Wird nur mit Einwilligung weitergegeben."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, services: Sequence[ServiceView], **given: Any) -> None:
        super().__init__(*args, **given)
        self.services = {str(service.id): service for service in services}
        self.organizations = {str(each.id): each for each in directory.own_organizations()}
        offer(
            self,
            "service",
            [
                NONE,
                *((key, f"{each.name} ({each.organization.name})") for key, each in self.services.items()),
            ],
        )
        offer(self, "organization", [NONE, *((key, each.name) for key, each in self.organizations.items())])

    def clean(self) -> dict[str, Any]:
        """One place to go to."""
        given = super().clean() or {}
        if not given.get("service") and not given.get("organization") and not self.errors:
            self.add_error("service", _("Bitte wählen Sie ein Angebot oder eine Stelle."))
        return given

    def to_referral(self) -> NewReferral:
        """The referral as it was told; a service decides over an organization."""
        given = self.cleaned_data
        service = self.services.get(given["service"])
        with_data = given["with_data"] == "yes"
        if service is not None:
            return NewReferral(
                organization=service.organization.id,
                name=f"{service.name} ({service.organization.name})",
                service=service.id,
                with_data=with_data,
                message=given["message"],
            )
        chosen = self.organizations[given["organization"]]
        return NewReferral(
            organization=chosen.id, name=chosen.name, with_data=with_data, message=given["message"]
        )


class HandOverForm(forms.Form):
    """To whom a request goes inside the organization, and why."""

    because = forms.CharField(
        label=gettext_lazy("Warum?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte nennen Sie den Grund, zum Beispiel: Urlaub.")},
    )

    def __init__(self, *args: Any, owners: Sequence[OwnerChoice], **given: Any) -> None:
        super().__init__(*args, **given)
        self.owners = {choice.value: choice.owner for choice in owners}
        self.fields["owner"] = forms.ChoiceField(label=_("An wen?"))
        offer_openly(self, "owner", [(choice.value, choice.name) for choice in owners])
        self.order_fields(["owner", "because"])

    @property
    def owner(self) -> Owner:
        """Whoever was chosen."""
        return self.owners[self.cleaned_data["owner"]]


class ReopenForm(forms.Form):
    """Why a closed request is taken up again."""

    words = forms.CharField(
        label=gettext_lazy("Was ist neu?"),
        help_text=gettext_lazy("Die Familie liest das mit."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, was neu ist.")},
    )


# An office writes German, or the family's language where somebody there speaks it.
_LANGUAGES: Final = ("de", "en", "tr", "ar", "uk", "ru", "fr", "pl")


def referral_reason(value: str, *, offered: dict[SignalReason, Any]) -> SignalReason | None:
    """A reason that was tapped; nothing where it is none of those that were offered."""
    try:
        reason = SignalReason(value)
    except ValueError:
        return None
    return reason if reason in offered else None


def uuid_or_none(value: str) -> UUID | None:
    """A key out of an address; nothing where it is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=clock.zone())
