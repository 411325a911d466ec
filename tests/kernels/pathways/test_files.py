"""The pathways that come with the house: all sound, and each as its law and its page ask."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import lueckenlos
from lueckenlos.kernels.pathways import (
    CaseFacts,
    Event,
    FieldType,
    Happened,
    Naming,
    Need,
    Occasion,
    Pathway,
    Requirement,
    layout,
    missing,
    read_pathways,
    sentence,
)
from tests.kernels.pathways.house import ALLOWED

FOLDER = Path(lueckenlos.__file__).parent / "care" / "pathways"
READINGS = read_pathways(
    {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}, allowed=ALLOWED
)


def pathway(key: str) -> Pathway:
    return next(
        reading.pathway for reading in READINGS.values() if reading.pathway and reading.pathway.key == key
    )


@pytest.mark.parametrize("name", READINGS)
def test_every_file_is_sound(name: str) -> None:
    assert [sentence(flaw) for flaw in READINGS[name].flaws] == []


def test_the_five_are_there() -> None:
    found = {name: reading.pathway.key for name, reading in READINGS.items() if reading.pathway}
    assert found == {
        "akut.toml": "akut",
        "anliegen.toml": "anliegen",
        "beratung.toml": "beratung",
        "gefaehrdungseinschaetzung.toml": "gefaehrdungseinschaetzung",
        "rueckkehr-in-die-schule.toml": "rueckkehr_in_die_schule",
    }


@pytest.mark.parametrize("name", READINGS)
def test_every_file_is_what_its_name_says(name: str) -> None:
    found = READINGS[name].pathway
    assert found is not None
    assert found.key == name.removesuffix(".toml").replace("-", "_")


@pytest.mark.parametrize("name", READINGS)
def test_every_pathway_has_its_picture(name: str) -> None:
    found = READINGS[name].pathway
    assert found is not None
    assert len(layout(found).nodes) == len(found.stages)


@pytest.mark.parametrize("name", READINGS)
def test_danger_is_the_first_question_and_names_a_number(name: str) -> None:
    found = READINGS[name].pathway
    assert found is not None
    assert found.first_question is not None
    assert "112" in found.first_question.if_yes
    assert "danger_now" in found.first_question.lines


def test_no_request_is_closed_without_an_answer() -> None:
    """Whatever leads to the end asks for an answer, and after a new beginning for a new one."""
    found = pathway("anliegen")
    answer = Requirement(Need.RECORD, "answer", is_anew=True)
    before_the_end = [stage for stage in found.stages if "closed" in {step.stage for step in stage.next}]
    assert [stage.key for stage in before_the_end] == ["answered", "referred"]
    assert all(answer in stage.requires for stage in before_the_end)
    (first,) = [clock for clock in found.clocks if clock.key == "first_answer"]
    assert (first.deadline, first.begins, first.ends) == (
        "2 working_days",
        Event(Occasion.STAGE, "incoming"),
        (Event(Occasion.RECORD, "answer"),),
    )
    # Whoever comes back begins where the clock of the first answer begins.
    assert {step.stage for stage in found.stages for step in stage.next if step.is_again} == {"incoming"}


def test_nothing_is_referred_without_consent() -> None:
    needs = pathway("anliegen").stage_of["referred"].requires
    assert {need.key for need in needs if need.need is Need.CONSENT} == {"contact", "situation"}


def test_the_crisis_team_needs_consent_calls_back_by_noon_and_asks_what_changed() -> None:
    found = pathway("akut")
    assert {need.key for need in found.first_stage.requires if need.need is Need.CONSENT} == {
        "contact",
        "situation",
    }
    assert found.clocks[0].deadline == "1 working_day until 12:00"
    assert (
        found.clocks[0].told_to_caller.format(until="bis Montag 12 Uhr")
        == "Das Team ruft bis Montag 12 Uhr zurück."
    )
    assert Requirement(Need.OUTCOME, "changed", is_anew=True) in found.stage_of["closing"].requires
    assert found.first_question is not None
    assert found.first_question.instead == "gefaehrdungseinschaetzung"


def test_advice_has_no_place_for_a_name() -> None:
    found = pathway("beratung")
    assert found.naming is Naming.PSEUDONYM
    kinds = [field.type for kind in found.record_kinds for field in kind.fields]
    assert FieldType.PERSON not in kinds
    assert not {"identity", "contact"} & {kind.category for kind in found.record_kinds}
    assert not any(kind.is_shown_to_family for kind in found.record_kinds)


def test_the_risk_assessment_is_off_and_takes_several_professionals() -> None:
    """§ 8a (4) SGB VIII: several professionals, an adviser, child and parents involved, every step dated."""
    found = pathway("gefaehrdungseinschaetzung")
    assert not found.is_switched_on
    one = Happened(Event(Occasion.RECORD, "view"), _noon(1), by="a")
    advice = Happened(Event(Occasion.RECORD, "advice"), _noon(2), by="a")
    second = Happened(Event(Occasion.RECORD, "view"), _noon(3), by="b")
    alone = CaseFacts(happened=(one, advice))
    assert [need.key for need in missing(found, stage="assessed", facts=alone)] == ["view"]
    assert missing(found, stage="assessed", facts=CaseFacts(happened=(one, advice, second))) == ()
    dated = {kind.key for kind in found.record_kinds if any(field.key == "day" for field in kind.fields)}
    assert dated == set(found.record_kind_of) - {"child"}
    assert all(
        field.is_required for kind in found.record_kinds for field in kind.fields if field.key == "reasons"
    )
    # Whoever reaches a result has said how child and parents were involved, or why not.
    assert [need.key for need in found.stage_of["involved"].requires] == ["involvement"]
    assert [step.stage for step in found.stage_of["involved"].next] == ["judged"]


@pytest.mark.parametrize("name", READINGS)
def test_families_are_spoken_to_without_the_words_of_offices(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for word in ("Leistung", "Maßnahme", "Antragsteller", "Personensorgeberechtigte", "\t", "  \n"):
        assert word not in text


def _noon(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=UTC)
