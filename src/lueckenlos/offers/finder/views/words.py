"""Koordination: what was looked for and not found, and the everyday words that close the distance."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.signals import selectors as signals
from lueckenlos.commons.signals import services as counting
from lueckenlos.commons.signals.types import SignalAnswer, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.addresses import words_in
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.rollup import Published
from lueckenlos.offers.finder import selectors, services, wording
from lueckenlos.offers.finder.forms import AnswerForm, SynonymForm
from lueckenlos.offers.finder.thesaurus import SynonymExists

ONE_YEAR = timedelta(days=365)
SOURCES = (SignalSource.SEARCH, SignalSource.ALERT, SignalSource.COUNSELLOR)
SHOWN = 60


@requires(Role.COORDINATION)
@require_safe
def unmet(request: HttpRequest) -> HttpResponse:
    """ "Was gesucht und nicht gefunden wurde", the most frequent first."""
    county = places.county()
    since = clock.today() - ONE_YEAR
    found = signals.unmet(since=since, minimum=county.minimum_cell, sources=SOURCES)
    rolled = signals.rolled_up(
        since=since,
        minimum=county.minimum_cell,
        neighbors={place.ags: places.neighbours(place.ags) for place in places.municipalities()},
    )
    catalog = directory.catalog()
    names = {
        "place": {place.ags: place.name for place in places.municipalities()},
        "kind": {kind.key: kind.label for kind in catalog.kinds},
        "field": {field.key: field.label for field in catalog.fields},
    }
    context = {
        "open": [each for each in found if each.answer is None][:SHOWN],
        "answered": [each for each in found if each.answer is not None][:SHOWN],
        "rolled": [_line(each, names=names) for each in sorted(rolled.published, key=lambda one: -one.count)],
        "withheld": rolled.withheld,
        "minimum": county.minimum_cell,
        "form": AnswerForm(),
    }
    return render(request, "finder/unmet.html", context)


@requires(Role.COORDINATION)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Say what became of a signal."""
    form = AnswerForm(request.POST)
    ids = [int(part) for part in request.POST.get("ids", "").split(",") if part.isdecimal()]
    if not ids or not form.is_valid():
        messages.error(request, _("Bitte wählen Sie eine Antwort."))
        return redirect("finder:unmet")
    done = SignalAnswer(form.cleaned_data["answer"])
    counting.answer(ids, answer=done, text=form.cleaned_data["text"], on=clock.today())
    messages.success(request, _("Beantwortet."))
    return redirect("finder:unmet")


@requires(Role.COORDINATION)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The thesaurus: search it, add to it, change it."""
    text = words_in(request.GET, "q", longest=100)
    language = request.GET.get("sprache") or None
    found = selectors.synonyms(text=text, lang=language)
    entries = [(entry, wording.languages([entry.lang])) for entry in found]
    return render(request, "finder/words.html", {"text": text, "language": language, "entries": entries})


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def new_word(request: HttpRequest) -> HttpResponse:
    """Add a phrase; from an unmet search its known words stand there already."""
    form = SynonymForm(
        request.POST or None,
        catalog=directory.catalog(),
        initial={"lang": "de", "phrase": request.GET.get("wort", "")[:200]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_synonym(form.to_entry(), actor_id=_person(request), now=clock.now())
        except SynonymExists as there:
            link = reverse("finder:word", args=[there.entry.id])
            form.add_error(
                "phrase", _("Diese Wendung gibt es schon. Ändern Sie sie hier: %(link)s") % {"link": link}
            )
        else:
            messages.success(request, _("Das Wort ist da. Die nächste Suche kennt es."))
            return redirect(_back(request))
    return render(
        request, "finder/word.html", {"form": form, "entry": None}, status=422 if form.errors else 200
    )


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, id_: int) -> HttpResponse:
    """Change or retire a phrase; its history stands below."""
    entry = selectors.synonym(id_)
    if entry is None:
        raise Http404
    if request.method == "POST" and "weg" in request.POST:
        services.retire_synonym(id_, actor_id=_person(request), now=clock.now())
        messages.success(request, _("Das Wort ist aus der Suche genommen."))
        return redirect("finder:words")
    form = SynonymForm(
        request.POST or None, catalog=directory.catalog(), initial=SynonymForm.initial_of(entry)
    )
    if request.method == "POST" and form.is_valid():
        services.change_synonym(form.to_entry(id_=id_), actor_id=_person(request), now=clock.now())
        messages.success(request, _("Gespeichert. Die nächste Suche kennt es so."))
        return redirect("finder:words")
    context = {"form": form, "entry": entry, "history": selectors.synonym_history(id_)}
    return render(request, "finder/word.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> UUID:
    person = actor_of(request).person_id
    if person is None:
        raise Http404
    return person


def _back(request: HttpRequest) -> str:
    return "finder:unmet" if request.GET.get("wort") else "finder:words"


def _line(each: Published, *, names: dict[str, dict[str, str]]) -> dict[str, object]:
    return {
        "places": ", ".join(names["place"].get(place, place) for place in each.places) or _("ganzer Kreis"),
        "begins": each.begins,
        "span": each.span.value,
        "what": names["kind"].get(each.kind) or names["field"].get(each.field) or _("ohne Thema"),
        "count": each.count,
    }
