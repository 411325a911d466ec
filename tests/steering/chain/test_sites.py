"""The choice of a site: from import and ranking to a dated document that nobody changes."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.places.models import IndicatorValue
from lueckenlos.core.actor import Actor
from lueckenlos.steering.chain.models import SiteChoice
from lueckenlos.steering.chain.selectors.analysis import analyse, site_document
from lueckenlos.steering.chain.selectors.sites import site
from lueckenlos.steering.chain.services import sites as services
from lueckenlos.steering.chain.social_types import Chosen, SiteValues, Wish
from lueckenlos.steering.chain.types import SiteState
from tests.steering.chain.test_indicators import sheet, to_preview, towns

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
ALDENHOVEN, DUEREN, TITZ = "05358004", "05358008", "05358056"
WISH = Wish(chosen=(Chosen("sgb2_minors"), Chosen("speech_needs_at_school_entry")))
WHOLE = {
    "title": "Standort der Familienklasse",
    "question": "Eine Grundschule für die Familienklasse.",
    "chosen": ALDENHOVEN,
    "place": "Grundschule am Markt",
    "grounds": "Die Schule hat Raum und will.",
    "area0": DUEREN,
    "why0": "Dort gibt es sie schon.",
    "area1": TITZ,
    "why1": "Kein Raum.",
    "cost": "48000",
    "funding": "Kreis 80 %, Land 20 %",
}


def begun(client: Client, **changed: str) -> str:
    """The address of a new draft."""
    url = f"{reverse('chain:site-new')}?{WISH.query}"
    answer = client.post(url, {**WHOLE, **changed})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def id_of(url: str) -> UUID:
    return UUID(url.rstrip("/").rsplit("/", 1)[1])


def decided(client: Client, url: str, on: str = "2026-11-02") -> str:
    version = SiteChoice.objects.get(id=id_of(url)).version
    return client.post(f"{url}entscheiden/", {"on": on, "version": version}, follow=True).content.decode()


def test_from_a_sheet_to_a_decision(signed_in: SignIn) -> None:
    """S03: import indicators, weigh them, see ranking and robustness, record the choice with its grounds."""
    client = signed_in("koordination")
    content = sheet(["Gemeinde", "Kinderarmut"], *towns(lambda at: 60 - at))
    preview = to_preview(client, content, t0="new", d0="lower_is_better", a0="need")
    client.post(preview, {"which": "all"})
    ranking = client.get(
        "/kette/sozialraum/", {"i": ["kinderarmut", "sgb2_minors"], "w_kinderarmut": "50", "weise": "z"}
    )
    page = ranking.content.decode()
    assert "ist der Bedarf in Aldenhoven am größten." in page
    form = client.get(ranking.context["choose_url"])
    assert form.context["form"]["chosen"].value() == ALDENHOVEN, "the first of the ranking is proposed"
    url = client.post(ranking.context["choose_url"], WHOLE).headers["Location"]
    assert "Entschieden. Das Dokument ändert sich nicht mehr." in decided(client, url)
    document = client.get(url).content.decode()
    for words in (
        "Entschieden am 2. November 2026", "Grundschule am Markt, Aldenhoven", "Dort gibt es sie schon.", "48.000 Euro",
        "Kreis 80 %", "Kinderarmut", "Jobcenter, Dezember 2025",
    ):  # fmt: skip
        assert words in document, words


def test_a_decided_document_never_changes_even_when_the_numbers_do(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = begun(client)
    decided(client, url)
    before = site(id_of(url))
    IndicatorValue.objects.update(value=1, numerator=1, denominator=100)
    assert site(id_of(url)) == before
    edit = client.post(f"{url}bearbeiten/", {**WHOLE, "title": "Anders", "version": "2"}, follow=True)
    assert "ändert sich nicht mehr" in edit.content.decode()
    client.post(f"{url}verwerfen/")
    assert site(id_of(url)) == before


def test_a_draft_may_have_gaps_but_a_decision_may_not(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = begun(client, area1="", why1="", cost="", funding="")
    page = client.get(url).content.decode()
    assert "zwei Alternativen, je mit dem Grund, warum nicht" in page
    assert "die Kosten" in page
    assert "Als entschieden festhalten" not in page
    decided(client, url)
    assert SiteChoice.objects.get(id=id_of(url)).state == SiteState.DRAFT


def test_who_saves_second_sees_the_first_and_loses_nothing(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = begun(client)
    client.post(f"{url}bearbeiten/", {**WHOLE, "grounds": "Von der Ersten.", "version": "1"})
    second = client.post(f"{url}bearbeiten/", {**WHOLE, "grounds": "Von der Zweiten.", "version": "1"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Von der Ersten." in page
    assert "Von der Zweiten." in page
    assert SiteChoice.objects.get(id=id_of(url)).grounds == "Von der Ersten."
    client.post(f"{url}bearbeiten/", {**WHOLE, "grounds": "Von der Zweiten.", "version": "2"})
    assert SiteChoice.objects.get(id=id_of(url)).grounds == "Von der Zweiten."


def test_a_decision_on_an_older_version_or_in_the_future_is_refused(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = begun(client)
    client.post(f"{url}bearbeiten/", {**WHOLE, "place": "Grundschule West", "version": "1"})
    stale = client.post(f"{url}entscheiden/", {"on": "2026-11-02", "version": "1"}, follow=True)
    assert "Bitte lesen Sie ihn noch einmal." in stale.content.decode()
    ahead = client.post(f"{url}entscheiden/", {"on": "2027-01-01", "version": "2"})
    assert ahead.status_code == 422
    assert "liegt in der Zukunft" in ahead.content.decode()
    assert SiteChoice.objects.get(id=id_of(url)).state == SiteState.DRAFT


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"area0": ALDENHOVEN}, "steht schon oben"),
        ({"area1": DUEREN}, "steht schon oben"),
        ({"area0": "", "why0": "Weil."}, "für die der Grund gilt"),
        ({"cost": "-5"}, "0"),
        ({"title": ""}, "Bitte füllen Sie das aus."),
        ({"chosen": "05334002"}, "05334002"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    changed: dict[str, str], sentence: str, signed_in: SignIn
) -> None:
    client = signed_in("koordination")
    answer = client.post(f"{reverse('chain:site-new')}?{WISH.query}", {**WHOLE, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Die Schule hat Raum und will." in page


def test_without_a_ranking_there_is_no_choice(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    answer = client.get(reverse("chain:site-new"), {"i": "unbekannt", "weise": "z"}, follow=True)
    assert "Zuerst braucht es eine Rangfolge." in answer.content.decode()


def test_a_draft_can_be_thrown_away(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = begun(client)
    page = client.post(f"{url}verwerfen/", follow=True).content.decode()
    assert "ist verworfen." in page
    assert client.get(url).status_code == 404


def test_the_document_has_all_that_a_letter_needs(coordination: Actor) -> None:
    from tests.commons.directory.conftest import NOW

    analysis = analyse(WISH)
    id_ = services.begin_site(
        SiteValues("Familienklasse", chosen=ALDENHOVEN), analysis=analysis, actor=coordination, now=NOW
    )
    document = site_document(SiteChoice.objects.get(id=id_))
    assert (document.county, document.chosen, document.analysis) == ("Kreis Düren", "Aldenhoven", analysis)


def test_a_municipality_reads_sites_and_writes_none(signed_in: SignIn, titz: Actor) -> None:
    url = begun(signed_in("koordination"))
    client = signed_in("kommune")
    assert "Standort der Familienklasse" in client.get("/kette/sozialraum/standorte/").content.decode()
    page = client.get(url).content.decode()
    assert "Entwurf bearbeiten" not in page
    for step in ("bearbeiten/", "entscheiden/", "verwerfen/"):
        assert client.post(f"{url}{step}", WHOLE).status_code == 404
    assert client.get(f"{reverse('chain:site-new')}?{WISH.query}").status_code == 404
    with pytest.raises(services.NotCoordination):
        services.throw_away_site(id_of(url), actor=titz)


def test_others_find_nothing_here(signed_in: SignIn) -> None:
    url = begun(signed_in("koordination"))
    for name in ("anbieter", "familie"):
        client = signed_in(name)
        assert client.get(url).status_code == 404
        assert client.get("/kette/sozialraum/standorte/").status_code == 404
    assert Client().get(url).status_code == 302
    unknown = reverse("chain:site", args=[UUID(int=7)])
    assert signed_in("koordination").get(unknown).status_code == 404
