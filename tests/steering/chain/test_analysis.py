"""The social-area analysis: need and use apart, contributions that add up, and how sure it is."""

from collections.abc import Callable

import pytest
from django.test import Client

from lueckenlos.commons.places.models import Indicator, IndicatorValue
from lueckenlos.kernels.social_areas import Direction, Role, Standard
from lueckenlos.steering.chain.selectors.analysis import analyse, indicator_cards, usual_wish
from lueckenlos.steering.chain.social_types import Chosen, Flaw, LeftOut, Wish
from lueckenlos.steering.chain.views.analysis_pictures import bars, whiskers

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PAGE = "/kette/sozialraum/"
POVERTY = Chosen("sgb2_minors")
SPEECH = Chosen("speech_needs_at_school_entry")


def flaws(key: str) -> dict[Flaw, tuple[str, ...]]:
    (card,) = [each for each in indicator_cards(this_year=2026) if each.info.key == key]
    return {each.flaw: each.about for each in card.findings}


def test_the_usual_index_of_need_holds_no_use() -> None:
    wish = usual_wish(Role.NEED, cards=indicator_cards(this_year=2026))
    keys = {each.key for each in wish.chosen}
    assert "sgb2_minors" in keys
    assert "kita_under_3" not in keys
    assert {each.key for each in usual_wish(Role.USE, cards=indicator_cards(this_year=2026)).chosen} == {
        "kita_under_3"
    }


def test_every_indicators_contribution_adds_up_to_the_rank() -> None:
    found = analyse(Wish(chosen=(POVERTY, SPEECH)))
    assert len(found.lines) == 15
    for line in found.lines:
        assert sum(value.contribution for value in line.values) == pytest.approx(line.score)
    scores = [line.score for line in found.lines]
    assert scores == sorted(scores, reverse=True)


def test_the_area_with_the_highest_poverty_leads_where_poverty_alone_counts() -> None:
    values = dict(
        IndicatorValue.objects.filter(indicator="sgb2_minors", year=2025).values_list("municipality", "value")
    )
    found = analyse(Wish(chosen=(POVERTY,), standard=Standard.RANK))
    assert found.lines[0].area == max(values, key=values.__getitem__)
    turned = analyse(Wish(chosen=(Chosen("sgb2_minors", direction=Direction.LESS),)))
    assert turned.lines[0].area == min(values, key=values.__getitem__)


def test_the_same_question_has_the_same_answer_draw_for_draw() -> None:
    wish = Wish(chosen=(POVERTY, SPEECH))
    assert analyse(wish) == analyse(wish)


def test_a_changed_number_is_in_the_next_answer() -> None:
    wish = Wish(chosen=(POVERTY,))
    before = analyse(wish)
    last = before.lines[-1].area
    IndicatorValue.objects.filter(indicator="sgb2_minors", year=2025, municipality=last).update(
        value=90.0, numerator=90, denominator=100
    )
    assert analyse(wish).lines[0].area == last


def test_use_asked_into_an_index_of_need_is_refused_with_its_reason(signed_in: SignIn) -> None:
    answer = signed_in("koordination").get(PAGE, {"sicht": "need", "i": ["sgb2_minors", "kita_under_3"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "„Betreuungsquote unter 3“ zählt Nutzung" in page
    assert (
        analyse(Wish(chosen=(POVERTY, Chosen("kita_under_3")))).parts
        == analyse(Wish(chosen=(POVERTY,))).parts
    )


def test_an_indicator_without_values_or_differences_is_left_out_and_said() -> None:
    Indicator.objects.create(key="leer", label="Leer", direction="lower_is_better")
    IndicatorValue.objects.filter(indicator="non_swimmers_grade_4").update(
        value=7, numerator=7, denominator=100
    )
    found = analyse(Wish(chosen=(POVERTY, Chosen("leer"), Chosen("non_swimmers_grade_4"))))
    assert dict(found.left_out) == {
        "Leer": LeftOut.ALL_MISSING,
        "Nichtschwimmer in Klasse 4": LeftOut.CONSTANT,
    }
    assert [part.share for part in found.parts] == [1.0]
    assert Flaw.EMPTY in flaws("leer")
    assert Flaw.CONSTANT in flaws("non_swimmers_grade_4")


def test_all_missing_is_an_answer_and_no_crash(signed_in: SignIn) -> None:
    IndicatorValue.objects.all().delete()
    page = signed_in("koordination").get(PAGE, {"i": "sgb2_minors", "weise": "z"}).content.decode()
    assert "Kein gewählter Indikator zählt mit." in page


def test_a_year_without_values_and_a_missing_direction_are_said() -> None:
    found = analyse(
        Wish(
            chosen=(POVERTY, Chosen("speech_needs_at_school_entry", direction=None)),
            year=1999,
        )
    )
    assert dict(found.left_out)["Kinder in SGB-II-Haushalten"] is LeftOut.NOT_THIS_YEAR
    assert found.lines == ()
    unsaid = analyse(Wish(chosen=(POVERTY, Chosen("speech_needs_at_school_entry", direction=None))))
    assert dict(unsaid.left_out) == {"Sprachauffällig bei Einschulung": LeftOut.NO_DIRECTION}


def test_small_numbers_missing_places_and_old_years_are_flagged() -> None:
    rows = IndicatorValue.objects.filter(indicator="sgb2_minors")
    rows.filter(year=2025, municipality="05358056").update(numerator=2, denominator=20, value=10)
    rows.filter(year=2025, municipality="05358008").delete()
    rows.filter(year=2023).delete()
    found = flaws("sgb2_minors")
    assert found[Flaw.AREAS_MISSING] == ("Düren",)
    assert found[Flaw.YEARS_MISSING] == ("2023",)
    assert "Titz" in found[Flaw.SMALL]
    rows.filter(year__gt=2022).delete()
    assert flaws("sgb2_minors")[Flaw.OLD] == ("2022",)
    (titz,) = [line for line in analyse(Wish(chosen=(POVERTY,), year=2022)).lines if line.area == "05358056"]
    assert not titz.has_missing


def test_the_page_says_who_leads_and_how_sure_that_is(signed_in: SignIn) -> None:
    answer = signed_in("koordination").get(PAGE)
    page = answer.content.decode()
    leader = analyse(usual_wish(Role.NEED, cards=indicator_cards(this_year=2026))).lines[0]
    assert f"ist der Bedarf in {leader.name} am größten." in page
    assert f"{round(100 * leader.together.among_first)} von 100 Nachrechnungen" in page
    assert "dreht sich im Kreis" in page
    assert page.count('class="s-row"') == 30


def test_weights_and_way_come_out_of_the_address_in_german_and_english(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    given = {"i": ["sgb2_minors", "speech_needs_at_school_entry"], "weise": "rank", "erste": "5"}
    one = client.get(PAGE, {**given, "w_sgb2_minors": "1,5", "w_speech_needs_at_school_entry": "0.5"})
    found = one.context["found"]
    assert [round(part.share, 2) for part in found.parts] == [0.75, 0.25]
    assert (found.first, found.wish.standard) == (5, Standard.RANK)
    again = client.get(f"{PAGE}?{found.wish.query}").context["found"]
    assert again == found


@pytest.mark.parametrize(
    "given",
    [
        {"i": "sgb2_minors", "w_sgb2_minors": "-1"},
        {"i": "sgb2_minors", "w_sgb2_minors": "viel"},
        {"i": "sgb2_minors", "w_sgb2_minors": "nan"},
        {"i": "sgb2_minors", "erste": "99"},
        {"i": "sgb2_minors", "jahr": "1800"},
        {"i": "sgb2_minors", "weise": "anders"},
    ],
)
def test_a_weight_or_word_that_makes_no_sense_is_a_sentence(given: dict[str, str], signed_in: SignIn) -> None:
    answer = signed_in("koordination").get(PAGE, given)
    assert answer.status_code == 422
    assert "passt nicht" in answer.content.decode()


def test_all_weights_at_nothing_rank_nothing(signed_in: SignIn) -> None:
    page = signed_in("koordination").get(PAGE, {"i": "sgb2_minors", "w_sgb2_minors": "0"}).content.decode()
    assert "Gewicht 0" in page


def test_the_pictures_hold_every_area_within_their_width() -> None:
    found = analyse(Wish(chosen=(POVERTY, SPEECH)))
    for bar in bars(found):
        for part in bar.segments:
            assert 0 <= float(part.x[:-1]) <= float(part.x[:-1]) + float(part.width[:-1]) <= 100.01
    for each in whiskers(found):
        assert float(each.begin[:-1]) <= float(each.end[:-1]) <= 100


def test_a_municipality_reads_the_analysis_and_others_find_nothing(signed_in: SignIn) -> None:
    page = signed_in("kommune").get(PAGE)
    assert page.status_code == 200
    assert "Standort aus dieser Rangfolge" not in page.content.decode()
    for name in ("anbieter", "familie"):
        assert signed_in(name).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
