"""The page of a case: what happened, what is next, who may know what."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.errors import NoSuchWay, NotTheirs, StageNotDone
from lueckenlos.care.cases.forms import (
    DocumentForm,
    GoalForm,
    OutcomeForm,
    PersonForm,
    RatingForm,
    RecordForm,
    initial_of,
    of_age_at,
)
from lueckenlos.care.cases.forms_protection import NamelessRecordForm
from lueckenlos.care.cases.selectors.facts import OUTCOME
from lueckenlos.care.cases.services.presence import be_there
from lueckenlos.care.cases.services.protection import report_kind
from lueckenlos.care.cases.types import RecordView
from lueckenlos.care.cases.views.doors import found_page, named_page
from lueckenlos.care.cases.wording import needed
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.families import services as families
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Category, Ground, NewParty, PartyRole
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.incoming import UnfitFile
from lueckenlos.core.incoming_wording import unfit_file
from lueckenlos.core.locking import StaleVersion
from lueckenlos.kernels.pathways import RecordKind


@at_work_only
@require_safe
def case(request: HttpRequest, file: UUID) -> HttpResponse:
    """The case, with who else has it open; reading it leaves its trace."""
    actor, page = found_page(request, file)
    now = clock.real_now()
    seen = {(line.record.about, line.record.category) for line in page.records}
    privacy.disclose(file, seen=seen, ground=_ground(actor, page), actor=actor, now=now)
    return render(
        request,
        "cases/case.html",
        {
            "page": page,
            "others": _others(file, actor=actor),
            "rating_form": RatingForm(auto_id=False),
            "record_kinds": () if page.way.is_seam_only else page.way.pathway.record_kinds,
        },
    )


@at_work_only
@require_safe
def present(request: HttpRequest, file: UUID) -> HttpResponse:
    """Who else has the case open; asked again and again by the page. 404 once it is closed to the actor."""
    actor = worker(request)
    if selectors.case(actor, file) is None:
        raise Http404
    return render(request, "cases/partials/present.html", {"others": _others(file, actor=actor)})


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, file: UUID, kind: str) -> HttpResponse:
    """Write a record of one of the pathway's kinds; half-written ones are kept as drafts."""
    actor, page = found_page(request, file)
    found = page.way.pathway.record_kind_of.get(kind)
    if found is None or page.way.is_seam_only:
        raise Http404
    if found == report_kind(page.way.pathway) and not request.GET.get("papier"):
        # What goes to the youth office is opened to it at once; on paper only where it does not work in this house.
        return redirect("cases:protect", file)
    form = _record_form(
        request, page=page, kind=found, initial={"key": uuid4(), "happened_at": clock.real_now()}
    )
    return _write(request, form, actor=actor, page=page, known=None)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, file: UUID, record: UUID) -> HttpResponse:
    """Change a record of one's own; who was faster is shown, nobody is overwritten."""
    actor, page = found_page(request, file)
    known = selectors.record(actor, record)
    found = page.way.pathway.record_kind_of.get(known.kind) if known is not None else None
    if known is None or found is None or known.file != file or known.author != actor.person_id:
        raise Http404
    form = _record_form(request, page=page, kind=found, initial=initial_of(known))
    return _write(request, form, actor=actor, page=page, known=known)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, file: UUID) -> HttpResponse:
    """Take a person into the case, with whose consent a child's data need."""
    actor, page = named_page(request, file)
    now = clock.real_now()
    adults = [
        (str(line.party.person), line.name)
        for line in page.people
        if line.party.of_age_at is None and line.party.role is not PartyRole.OTHER
    ]
    form = PersonForm(request.POST or None, adults=adults, today=clock.day_of(now))
    if request.method == "POST" and form.is_valid():
        new = form.to_person()
        is_minor = form.chosen_role in {PartyRole.CHILD, PartyRole.YOUNG_PERSON}
        families.add_person(
            file,
            new=new,
            party=NewParty(
                uuid4(),
                form.chosen_role,
                of_age_at=of_age_at(new.born_on) if is_minor else None,
                guardians=form.chosen_guardians if is_minor else (),
                is_subject=form.chosen_role is not PartyRole.OTHER,
            ),
            actor=actor,
            now=now,
        )
        messages.success(request, _("%(name)s gehört jetzt zum Fall.") % {"name": new.first_name})
        return redirect("cases:case", file)
    return render(
        request, "cases/person.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, file: UUID) -> HttpResponse:
    """Agree a goal, in the family's words."""
    actor, page = named_page(request, file)
    form = GoalForm(request.POST or None, people=pages.choices_of(page.people, file))
    if request.method == "POST" and form.is_valid():
        services.agree_goal(
            file,
            text=form.cleaned_data["text"],
            about=UUID(form.cleaned_data["about"]),
            actor=actor,
            now=clock.real_now(),
        )
        messages.success(request, _("Das Ziel ist vereinbart."))
        return redirect("cases:case", file)
    return render(
        request, "cases/goal.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@at_work_only
@require_POST
def rate(request: HttpRequest, file: UUID, goal_id: UUID) -> HttpResponse:
    """Write down how near somebody sees a goal."""
    actor, page = found_page(request, file)
    if goal_id not in {each.id for each in page.goals}:
        raise Http404
    form = RatingForm(request.POST)
    if form.is_valid():
        services.rate_goal(
            goal_id,
            value=form.cleaned_data["value"],
            rated_by=form.cleaned_data["rated_by"],
            actor=actor,
            now=clock.real_now(),
        )
        messages.success(request, _("Die Einschätzung ist notiert."))
    else:
        messages.error(request, _("Bitte geben Sie eine Zahl von 0 bis 10 an."))
    return redirect(f"{reverse('cases:case', args=[file])}#ziele")


@at_work_only
@require_POST
def end_goal(request: HttpRequest, file: UUID, goal_id: UUID) -> HttpResponse:
    """Say that a goal is reached or no longer wanted."""
    actor, page = found_page(request, file)
    if goal_id not in {each.id for each in page.goals if each.ended_at is None}:
        raise Http404
    services.end_goal(goal_id, actor=actor, now=clock.real_now())
    return redirect(f"{reverse('cases:case', args=[file])}#ziele")


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, file: UUID) -> HttpResponse:
    """Take a document into the case."""
    actor, page = named_page(request, file)
    people = pages.choices_of(page.people, file)
    form = DocumentForm(request.POST or None, request.FILES or None, people=people)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["document"]
        new = services.NewDocument(
            name=given.name,
            content=given.read(),
            category=Category(form.cleaned_data["category"]),
            about=UUID(form.cleaned_data["about"]),
        )
        try:
            services.add_document(file, new=new, actor=actor, now=clock.real_now())
        except UnfitFile as error:
            form.add_error("document", unfit_file(error))
        else:
            messages.success(request, _("Die Unterlage ist verschlüsselt abgelegt."))
            return redirect("cases:case", file)
    return render(
        request, "cases/document.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@at_work_only
@require_safe
def download(request: HttpRequest, file: UUID, document_id: UUID) -> HttpResponse:
    """Give a document out, as a file that no browser runs."""
    actor, page = found_page(request, file)
    if document_id not in {each.id for each in page.documents}:
        raise Http404
    content, media_type, name = services.open_document(document_id, actor=actor)
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, file: UUID) -> HttpResponse:
    """Take the case to its next stage; what is missing is said first."""
    actor, page = found_page(request, file)
    if request.method != "POST":
        return render(request, "cases/go_on.html", {"page": page})
    to = request.POST.get("nach", "")
    try:
        services.go_on(file, to=to, expected=request.POST.get("von", ""), actor=actor, now=clock.real_now())
    except StageNotDone as error:
        missing = [needed(each, pathway=page.way.pathway) for each in error.missing]
        return render(request, "cases/go_on.html", {"page": page, "missing": missing}, status=422)
    except NotTheirs:
        messages.error(request, _("In diesem Schritt entscheidet eine andere Stelle."))
    except NoSuchWay:
        messages.error(request, _("Der Fall steht inzwischen woanders. Bitte sehen Sie noch einmal nach."))
    return redirect("cases:case", file)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, file: UUID, key: str) -> HttpResponse:
    """Answer one of the questions at the end."""
    actor, page = found_page(request, file)
    question = next((each for each in page.way.pathway.outcomes if each.key == key), None)
    if question is None:
        raise Http404
    form = OutcomeForm(request.POST or None, question=question)
    now = clock.real_now()
    if request.method == "POST" and form.is_valid():
        services.write_record(
            file,
            new=services.NewRecord(
                kind=f"{OUTCOME}{key}",
                category=Category.HELP,
                about=file,
                happened_at=now,
                data={"answer": form.cleaned_data["answer"]},
            ),
            actor=actor,
            now=now,
        )
        return redirect("cases:go_on", file)
    return render(
        request,
        "cases/outcome.html",
        {"page": page, "form": form, "question": question},
        status=422 if form.errors else 200,
    )


def _record_form(
    request: HttpRequest, *, page: pages.CasePage, kind: RecordKind, initial: dict[str, object]
) -> RecordForm:
    made = NamelessRecordForm if page.is_nameless else RecordForm
    return made(
        request.POST or None,
        kind=kind,
        people=pages.choices_of(page.people, page.case.file),
        now=clock.real_now(),
        initial=initial,
    )


def _write(
    request: HttpRequest, form: RecordForm, *, actor: Actor, page: pages.CasePage, known: RecordView | None
) -> HttpResponse:
    """Store what was written: half of it as a draft when the page asks by itself, all of it when somebody does."""
    is_draft = request.POST.get("entwurf") == "1"
    shown = {"page": page, "form": form, "kind": form.kind, "known": known}
    if request.method != "POST" or not form.is_valid():
        if is_draft:
            return JsonResponse({"saved": False}, status=422)
        return render(request, "cases/record.html", shown, status=422 if form.errors else 200)
    try:
        version = _store(form, actor=actor, file=page.case.file, is_draft=is_draft, known=known)
    except StaleVersion as error:
        if is_draft:
            return JsonResponse({"saved": False, "stale": True}, status=409)
        return render(request, "cases/record.html", {**shown, "stale": error}, status=409)
    if is_draft:
        return JsonResponse({"saved": True, "version": version})
    return redirect(f"{reverse('cases:case', args=[page.case.file])}#verlauf")


def _store(form: RecordForm, *, actor: Actor, file: UUID, is_draft: bool, known: RecordView | None) -> int:
    """Write or change the record; a draft that the page stored before is changed, never doubled."""
    new = form.to_record(is_draft=is_draft)
    key = form.cleaned_data["key"]
    stored = known or (selectors.record(actor, key) if key else None)
    if stored is None:
        services.write_record(file, new=new, actor=actor, now=clock.real_now(), key=key)
        return 1
    if stored.author != actor.person_id or stored.file != file:
        raise NotYours
    return services.change_record(
        stored.id,
        changes={
            "words": new.words,
            "data": dict(new.data),
            "about": new.about,
            "happened_at": new.happened_at,
            "is_draft": is_draft and stored.is_draft,
        },
        expected=form.cleaned_data["seen"] or stored.version,
        actor=actor,
    )


def _others(file: UUID, *, actor: Actor) -> list[str]:
    people = be_there(file, actor=actor, now=clock.real_now())
    return sorted(work.names_of(people).values())


def _ground(actor: Actor, page: pages.CasePage) -> Ground:
    is_cover = any(cover.person == actor.person_id for _name, cover in page.covers)
    return Ground.COVER if is_cover else Ground.OWN_TASK
