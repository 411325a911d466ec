"""What everybody sees: the courses, one course, and getting an access to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock
from lueckenlos.core.guards import public
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.errors import NoSuchCourse, NotFit
from lueckenlos.offers.courses.forms.public import FitForm, ReachForm
from lueckenlos.offers.courses.page import card, shown
from lueckenlos.offers.courses.types import CourseState, CourseView
from lueckenlos.offers.courses.wording import misfit_words


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All courses that take households."""
    page = {"cards": [card(each) for each in selectors.published()]}
    return render(request, "courses/public/listing.html", page)


@public
@require_safe
def course(request: HttpRequest, key: str) -> HttpResponse:
    """One course."""
    return render(request, "courses/public/course.html", {"shown": shown(_found(key))})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enroll(request: HttpRequest, key: str) -> HttpResponse:
    """Get an access in two steps: whether it fits, then how to reach the household."""
    view = _found(key)
    if view.state is not CourseState.PUBLISHED:
        raise Http404
    fit = FitForm(request.POST or None, course=view)
    if request.method != "POST" or not fit.is_valid() or "zurueck" in request.POST:
        return _fit(request, view, fit=fit)
    try:
        if "fertig" not in request.POST:
            born_on = fit.cleaned_data["born_on"]
            services.check_fit(view.id, born_on=born_on, home=fit.home, now=clock.real_now())
            return _reach(request, view, fit=fit, contact=ReachForm())
        return _enrolled(request, view, fit=fit)
    except NotFit as refused:
        return _fit(request, view, fit=fit, refused=refused)
    except NoSuchCourse as error:
        raise Http404 from error


@public
@require_safe
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """Everything else stands in the mail: the same words for everybody, whether an address is known or not."""
    return render(request, "courses/public/sent.html", {"shown": shown(_found(key))})


def _enrolled(request: HttpRequest, view: CourseView, *, fit: FitForm) -> HttpResponse:
    contact = ReachForm(request.POST)
    if not contact.is_valid():
        return _reach(request, view, fit=fit, contact=contact)
    if not contact.is_a_program:
        if not attempts.is_free(request):
            contact.add_error(
                None,
                _(
                    "Von diesem Anschluss kamen gerade sehr viele Anmeldungen. Bitte versuchen Sie es in einer Stunde."
                ),
            )
            return _reach(request, view, fit=fit, contact=contact)
        services.enroll(contact.to_enrollment(view, fit), now=clock.real_now())
    return redirect("courses:sent", view.key)


def _fit(
    request: HttpRequest, view: CourseView, *, fit: FitForm, refused: NotFit | None = None
) -> HttpResponse:
    reasons = refused.reasons if refused else ()
    page = {
        **_step(view, form=fit),
        "reasons": [misfit_words(each, age_max=view.age_max) for each in reasons],
    }
    return render(request, "courses/public/fit.html", page, status=422 if fit.errors or reasons else 200)


def _reach(request: HttpRequest, view: CourseView, *, fit: FitForm, contact: ReachForm) -> HttpResponse:
    kept = [(name, request.POST.get(name, "")) for name in fit.fields]
    page = {**_step(view, form=contact), "kept": kept}
    return render(request, "courses/public/reach.html", page, status=422 if contact.errors else 200)


def _step(view: CourseView, *, form: Any) -> dict[str, Any]:
    return {"shown": shown(view), "form": form, "would_wait": view.stock.would_wait}


def _found(key: str) -> CourseView:
    view = selectors.course(key)
    if view is None:
        raise Http404
    return view
