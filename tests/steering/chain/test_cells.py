"""A cell opened: one sentence first, then the children, the target, the services and why it is so."""

import html
import re
from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.directory.models import Organization
from lueckenlos.commons.signals import services as counting
from lueckenlos.commons.signals.services import Count
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor
from lueckenlos.kernels.chain.types import Cell, Phase, Rule, Verdict
from lueckenlos.steering.chain.models import StandingChange, TargetRevision
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.cells import Opened, opened
from lueckenlos.steering.chain.selectors.standing import cell_key
from lueckenlos.steering.chain.telling import cell_sentence, digits, how_sure, number, number_shortly, people
from lueckenlos.steering.chain.types import CellKey, Labels
from tests.steering.chain.conftest import KREUZAU, TITZ, TODAY

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LABELS = Labels(
    areas={"t": "Titz"},
    phases={"sek1": "Weiterführende Schule"},
    fields={"sport": "Sport und Freizeit"},
    kinds={},
)
SEK1 = Phase("sek1", 10, 16, 20)


def a_cell(verdict: Verdict, *, missing_lo: float = 0.0, missing_hi: float = 0.0) -> Cell:
    return Cell("t", "sek1", "sport", 610.2, 15.0, True, 1.0, 2.0, verdict, missing_lo, missing_hi)


def first_cell(verdict: Verdict, *, area: str = TITZ, rule: Rule | None = None) -> Cell:
    """A cell of the demo county with this verdict."""
    return next(
        cell
        for cell in drawn().chain.cells
        if cell.area == area
        and cell.verdict is verdict
        and (rule is None or rule in {reason.rule for reason in cell.reasons})
    )


def address(cell: Cell) -> str:
    return reverse("chain:cell", args=[cell.area, cell.phase, cell.field])


def page(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def open_(cell: Cell, *, actor: Actor) -> Opened:
    found = opened(cell_key(cell), actor=actor)
    assert found is not None
    return found


def missed(cell: Cell, *, times: int, reason: SignalReason) -> None:
    for _time in range(times):
        counting.count(
            Count(
                source=SignalSource.COUNSELLOR,
                reason=reason,
                on=TODAY,
                ags=cell.area,
                phase=cell.phase,
                field=cell.field,
            )
        )


# One sentence first


def test_a_gap_is_said_in_one_sentence() -> None:
    gap = a_cell(Verdict.GAP, missing_lo=90.9, missing_hi=120.1)
    assert cell_sentence(gap, labels=LABELS, phase=SEK1) == (
        "In Titz fehlen für 610 Kinder von 10 bis 16 Jahren mindestens 90 Plätze in Sport und Freizeit."
    )
    assert "bis zu 121" in how_sure(gap)


def test_a_gap_of_less_than_one_place_is_not_called_none() -> None:
    said = cell_sentence(a_cell(Verdict.GAP, missing_lo=0.4), labels=LABELS, phase=SEK1)
    assert "weniger als ein ganzer Platz" in said
    assert " 0 " not in said


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.CHECK, "ist offen, ob"),
        (Verdict.CLOSED, "reichen die Plätze"),
        (Verdict.NO_TARGET, "niemand ein Ziel"),
        (Verdict.NO_CHILDREN, "gibt es keine Kinder"),
    ],
)
def test_every_other_verdict_has_its_own_honest_sentence(verdict: Verdict, words: str) -> None:
    said = cell_sentence(a_cell(verdict, missing_hi=60.0), labels=LABELS, phase=SEK1)
    assert words in said
    assert "fehlen für" not in said


def test_ages_are_said_as_people_say_them() -> None:
    assert people(95, phase=Phase("b", -0.75, 0.25, 1)) == "95 Kinder rund um die Geburt"
    assert people(1, phase=Phase("u3", 0.25, 3, 1)) == "1 Kind unter 3 Jahren"
    assert people(1234, phase=Phase("j", 19, 27, 1)) == "1.234 junge Menschen von 19 bis 27 Jahren"


def test_numbers_that_differ_never_read_the_same() -> None:
    assert digits(39.96, 40.0) == 2
    assert digits(4.2, 11.0, None) == 1


def test_numbers_are_written_as_germans_write_them() -> None:
    assert [number(1234.56, places=1), number(40.0, places=1), number(1930.4)] == ["1.234,6", "40,0", "1.930"]
    assert [number_shortly(each) for each in (12.5, 2.0, 1200.0, 33.3333)] == ["12,5", "2", "1.200", "33,333"]
    assert number(-0.04, places=1) == "0,0"


# The page


def test_coordination_reads_how_many_children_what_is_missing_and_why(signed_in: SignIn) -> None:
    gap = first_cell(Verdict.GAP, rule=Rule.TOO_FEW)
    said = page(signed_in("koordination"), address(gap))
    assert re.search(r"<h1>In Titz fehl(en|t) für .+ mindestens [\d.]+ Pl(a|ä)tze? in .+\.</h1>", said)
    assert "zu wenige Plätze" in said
    assert "Es gilt für den ganzen Kreis" in said


def test_children_by_year_add_up_and_shares_are_the_whole_reach(coordination: Actor) -> None:
    for verdict in (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED):
        cell = first_cell(verdict)
        found = open_(cell, actor=coordination)
        assert sum(age.children for age in found.ages) == pytest.approx(cell.children)
        assert sum(line.reach_lo for line in found.services) == pytest.approx(cell.reach_lo)
        assert sum(line.reach_hi for line in found.services) == pytest.approx(cell.reach_hi)


def test_every_reason_in_the_county_has_its_word_and_a_whole_sentence(coordination: Actor) -> None:
    rules: set[Rule] = set()
    seen: set[str] = set()
    for cell in drawn().chain.cells:
        new = {reason.rule for reason in cell.reasons} - rules
        if not new:
            continue
        rules |= new
        for reason in open_(cell, actor=coordination).reasons:
            seen.add(reason.word)
            assert reason.sentence.endswith(".")
            assert "%(" not in reason.sentence
    assert len(rules) == len(seen) >= 8


def test_what_is_open_names_the_organization_that_could_say(coordination: Actor) -> None:
    cell = first_cell(Verdict.CHECK)
    found = open_(cell, actor=coordination)
    unsure = {line.service.organization for line in found.services if line.places_lo != line.places_hi}
    assert {each.organization for each in found.unknown} == unsure != set()


def test_a_municipalitys_own_target_is_told_with_its_resolution(
    signed_in: SignIn, coordination: Actor
) -> None:
    cell = first_cell(Verdict.GAP)
    assert open_(cell, actor=coordination).target is not None
    TargetRevision.objects.create(
        area=TITZ,
        phase=cell.phase,
        field=cell.field,
        places_per_100=99.0,
        basis="Jugendhilfeplan",
        resolution="Rat der Gemeinde Titz",
        known_at=datetime.combine(TODAY, time(9), tzinfo=clock.zone()),
    )
    said = page(signed_in("koordination"), address(cell))
    assert "Titz hat es selbst gesetzt" in said
    assert "99,0" in said
    assert "Rat der Gemeinde Titz" in said


def test_a_seam_has_its_own_page(signed_in: SignIn) -> None:
    seam = next(each for each in drawn().chain.seams if each.area == TITZ)
    said = page(signed_in("kommune"), reverse("chain:seam", args=[TITZ, seam.phase, seam.to]))
    assert "die Kette" in said
    assert (
        signed_in("kommune").get(reverse("chain:seam", args=[TITZ, seam.to, seam.phase])).status_code == 404
    )


# Evidence


def test_small_counts_are_withheld_and_cannot_be_subtracted(signed_in: SignIn, coordination: Actor) -> None:
    cell = first_cell(Verdict.GAP)
    missed(cell, times=4, reason=SignalReason.COST)
    missed(cell, times=7, reason=SignalReason.TOO_FAR)
    signals = open_(cell, actor=coordination).signals
    assert signals.counts == ((SignalReason.TOO_FAR, 7),)
    assert signals.has_withheld
    said = page(signed_in("koordination"), address(cell))
    assert "zu weit weg" in said
    assert "zu teuer" not in said
    assert "seltener als 5 Mal" in said
    assert ">11<" not in said


def test_where_enough_is_there_and_nobody_knows_it_the_answer_is_to_make_it_known(signed_in: SignIn) -> None:
    closed, gap = first_cell(Verdict.CLOSED), first_cell(Verdict.GAP, rule=Rule.TOO_FEW)
    for cell in (closed, gap):
        missed(cell, times=6, reason=SignalReason.NOT_KNOWN)
    client = signed_in("koordination")
    said = page(client, address(closed))
    assert said.index("Bekannt machen, nicht bauen") < said.index("Was in Reichweite ist")
    assert "100 Prozent der Fälle" in said
    assert "Bekannt machen, nicht bauen" not in page(client, address(gap))


# Who may open it


def test_a_municipality_opens_its_own_shared_cells_alone(signed_in: SignIn) -> None:
    own, other = first_cell(Verdict.GAP), first_cell(Verdict.GAP, area=KREUZAU)
    client = signed_in("kommune")
    assert client.get(address(own)).status_code == 200
    assert client.get(address(other)).status_code == 404
    StandingChange.objects.create(subject=cell_key(own).subject, area=TITZ, state="internal", at=clock.now())
    assert client.get(address(own)).status_code == 404
    assert signed_in("koordination").get(address(own)).status_code == 200


def test_a_provider_opens_the_cells_in_which_its_services_occur(signed_in: SignIn) -> None:
    client = signed_in("anbieter")
    organization = Organization.objects.get(name="Stadtteilzentrum Nord")
    own = set(organization.services.values_list("key", flat=True))
    cells = drawn().chain.cells
    mine = next(cell for cell in cells if own & {share.service for share in cell.services})
    foreign = next(cell for cell in cells if not own & {share.service for share in cell.services})
    assert client.get(address(mine)).status_code == 200
    assert client.get(address(foreign)).status_code == 404


def test_strangers_are_not_told_that_a_cell_exists(signed_in: SignIn) -> None:
    cell = first_cell(Verdict.GAP)
    assert Client().get(address(cell)).status_code == 302
    assert signed_in("familie").get(address(cell)).status_code == 404
    assert signed_in("koordination").get(address(cell)[:-2] + "x/").status_code == 404
    assert opened(CellKey("05358056", "nie", "nichts"), actor=NOBODY) is None
