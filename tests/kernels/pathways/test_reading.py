"""Pathways are read from text, and everything that is wrong is said at once, in sentences."""

import inspect
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.pathways import (
    Choice,
    ClockRule,
    Event,
    Field,
    FieldType,
    FirstQuestion,
    Flaw,
    FlawCode,
    Naming,
    Need,
    Next,
    Occasion,
    RecordKind,
    Requirement,
    content_hash,
    read_pathway,
    read_pathways,
    reading,
    sentence,
)
from tests.kernels.pathways.house import ALLOWED, SOUND, sound, spoiled

NAMELESS = (
    'roles = ["professional", "family"]\n\n',
    'roles = ["professional", "family"]\nnaming = "pseudonym"\n\n',
)


def flaws_of(*changes: tuple[str, str]) -> tuple[Flaw, ...]:
    found = read_pathway(spoiled(*changes), allowed=ALLOWED)
    assert (found.pathway is None) == bool(found.flaws)
    return found.flaws


def test_everything_is_read() -> None:
    pathway = sound()
    assert (pathway.key, pathway.version, pathway.title_de) == ("sprachpaten", 3, "Sprachpaten")
    assert pathway.roles == {"professional", "family"}
    assert (pathway.naming, pathway.is_seam_only, pathway.is_switched_on) == (Naming.NAME, False, True)
    assert pathway.first_question == FirstQuestion(
        "Ist gerade jemand in Gefahr?", "Bitte sofort die 112 anrufen.", ("danger_now",)
    )
    assert pathway.first_stage.key == "asked"
    assert pathway.stage_of["meeting"].requires == (
        Requirement(Need.RECORD, "visit", persons=2, is_anew=True),
        Requirement(Need.TASK, "thanks"),
        Requirement(Need.OUTCOME, "better"),
    )
    assert pathway.stage_of["meeting"].next == (Next("ended"), Next("asked", is_again=True))
    assert pathway.stage_of["ended"].is_final
    assert pathway.clocks == (
        ClockRule(
            "first_call",
            "Erster Anruf",
            Event(Occasion.STAGE, "asked"),
            (Event(Occasion.RECORD, "visit"), Event(Occasion.STAGE, "ended")),
            "2 working_days until 12:00",
            "Wir rufen Sie {until} an.",
        ),
    )
    assert pathway.record_kind_of["visit"] == RecordKind(
        "visit",
        "Besuch",
        "agreements",
        (
            Field("day", "Tag", FieldType.DATE),
            Field(
                "place",
                "Ort",
                FieldType.CHOICE,
                choices=(Choice("home", "zu Hause"), Choice("school", "in der Schule")),
            ),
        ),
        is_confidable=True,
    )


def test_the_example_in_the_docstring_is_one() -> None:
    """With the two records that it speaks of and does not show."""
    head, example = (inspect.getdoc(reading) or "").split("\n\n", 1)
    example = textwrap.dedent(example.rsplit("\n\nA pathway with a flaw", 1)[0])
    more = """
    [[record_kinds]]
    key = "view"
    title = "Sicht"
    category = "school"
    fields = [{ key = "words", label = "Worte", type = "text" }]
    """
    assert head.endswith("at once.")
    found = read_pathway(example + more, allowed=ALLOWED)
    assert [sentence(flaw) for flaw in found.flaws] == []
    assert found.pathway is not None
    assert len(found.pathway.stages) == 2


CASES: list[tuple[list[tuple[str, str]], Flaw]] = [
    ([('title = "Sprachpaten"\n', "")], Flaw(FlawCode.MISSING, "title", "", ("Text in Anführungszeichen",))),
    ([("version = 3", 'version = "3"')], Flaw(FlawCode.WRONG_TYPE, "version", "3", ("ganze Zahl",))),
    ([("version = 3", "version = true")], Flaw(FlawCode.WRONG_TYPE, "version", "True", ("ganze Zahl",))),
    ([('["professional", "family"]\n\n', '["professional", "family", 7]\n\n')], Flaw(FlawCode.WRONG_TYPE, "roles", "7", ("Text in Anführungszeichen",))),
    ([('next = ["meeting"]', "next = [3]")], Flaw(FlawCode.WRONG_TYPE, "stages.asked.next", "3", ("Text in Anführungszeichen", "Tabelle"))),
    ([('fields = [{ key = "words", label = "In eigenen Worten", type = "long_text", required = true }]', 'fields = ["words"]')], Flaw(FlawCode.WRONG_TYPE, "record_kinds.wish.fields[1]", "words", ("Tabelle",))),
    ([('title = "Treffen"', 'title = " "')], Flaw(FlawCode.EMPTY, "stages.meeting.title")),
    ([('key = "asked"', 'key = "Gefragt"')], Flaw(FlawCode.BAD_KEY, "stages[1].key", "Gefragt")),
    ([("version = 3", "version = 0")], Flaw(FlawCode.BAD_VERSION, "version", "0")),
    ([("persons = 2", "persons = 0")], Flaw(FlawCode.BAD_PERSONS, "stages.meeting.requires.persons", "0")),
    ([('final = true', 'final = true\nfinel = true')], Flaw(FlawCode.UNKNOWN_ENTRY, "stages.ended.finel", "finel", ("key", "title", "roles", "requires", "next", "final"))),
    ([('"record:wish", "consent', '"note:wish", "consent')], Flaw(FlawCode.UNKNOWN_WORD, "stages.asked.requires", "note", ("record", "consent", "task", "outcome"))),
    ([('"record:wish", "consent', '"wish", "consent')], Flaw(FlawCode.UNKNOWN_WORD, "stages.asked.requires", "wish", ("art:schluessel",))),
    ([('type = "date"', 'type = "day"')], Flaw(FlawCode.UNKNOWN_WORD, "record_kinds.visit.fields.day.type", "day", tuple(FieldType))),
    ([('key = "ended"', 'key = "meeting"')], Flaw(FlawCode.DUPLICATE_KEY, "stages", "meeting")),
    ([('key = "place"', 'key = "day"')], Flaw(FlawCode.DUPLICATE_KEY, "record_kinds.visit.fields", "day")),
    ([('key = "school", label', 'key = "home", label')], Flaw(FlawCode.DUPLICATE_KEY, "record_kinds.visit.fields.place.choices", "home")),
    ([('["professional", "family"]\n\n', '["professional", "family", "family"]\n\n')], Flaw(FlawCode.DUPLICATE_KEY, "roles", "family")),
    ([('"danger_now"', '"danger"')], Flaw(FlawCode.UNKNOWN_LINE, "first_question.lines", "danger", tuple(sorted(ALLOWED.help_lines)))),
    ([('roles = ["professional", "family"]\nreq', 'roles = ["family_offise"]\nreq')], Flaw(FlawCode.UNKNOWN_ROLE, "stages.meeting.roles", "family_offise", tuple(sorted(ALLOWED.roles)))),
    ([('roles = ["professional", "family"]\n\n', 'roles = ["professional", "family", "boss"]\n\n')], Flaw(FlawCode.UNKNOWN_ROLE, "roles", "boss", tuple(sorted(ALLOWED.roles)))),
    ([('roles = ["professional", "family"]\nreq', 'roles = ["volunteer"]\nreq')], Flaw(FlawCode.ROLE_NOT_TAKING_PART, "stages.meeting.roles", "volunteer", ("family", "professional"))),
    ([('asked_of = "family"', 'asked_of = "young_person"')], Flaw(FlawCode.ROLE_NOT_TAKING_PART, "outcomes.better.asked_of", "young_person", ("family", "professional"))),
    ([('roles = ["professional"]\n', "")], Flaw(FlawCode.NOBODY_ACTS, "stages.asked.roles", "asked", ("family", "professional"))),
    ([('"accompaniment"', '"company"')], Flaw(FlawCode.UNKNOWN_PURPOSE, "purpose", "company", tuple(sorted(ALLOWED.purposes)))),
    ([('"counselling"', '"forever"')], Flaw(FlawCode.UNKNOWN_RETENTION_CLASS, "retention_class", "forever", tuple(sorted(ALLOWED.retention_classes)))),
    ([('category = "situation"', 'category = "gossip"')], Flaw(FlawCode.UNKNOWN_CATEGORY, "record_kinds.wish.category", "gossip", tuple(sorted(ALLOWED.categories)))),
    ([('"consent:contact"', '"consent:gossip"')], Flaw(FlawCode.UNKNOWN_CATEGORY, "stages.asked.requires", "gossip", tuple(sorted(ALLOWED.categories)))),
    ([('next = ["meeting"]', 'next = ["meeting", "party"]')], Flaw(FlawCode.UNKNOWN_STAGE, "stages.asked.next", "party", ("asked", "ended", "meeting"))),
    ([('from = "stage:asked"', 'from = "stage:party"')], Flaw(FlawCode.UNKNOWN_STAGE, "clocks.first_call.from", "party", ("asked", "ended", "meeting"))),
    ([('"record:wish"', '"record:wisch"')], Flaw(FlawCode.UNKNOWN_RECORD_KIND, "stages.asked.requires", "wisch", ("visit", "wish"))),
    ([('to = ["record:visit"', 'to = ["record:visits"')], Flaw(FlawCode.UNKNOWN_RECORD_KIND, "clocks.first_call.to", "visits", ("visit", "wish"))),
    ([('"task:thanks"', '"task:tea"')], Flaw(FlawCode.UNKNOWN_TASK, "stages.meeting.requires", "tea", ("thanks",))),
    ([('"outcome:better"', '"outcome:worse"')], Flaw(FlawCode.UNKNOWN_OUTCOME, "stages.meeting.requires", "worse", ("better",))),
    ([('"task:thanks"', '{ needs = "task:thanks", persons = 2 }')], Flaw(FlawCode.PERSONS_WITHOUT_RECORD, "stages.meeting.requires", "task:thanks")),
    ([('"consent:contact"', '{ needs = "consent:contact", anew = true }')], Flaw(FlawCode.CONSENT_ANEW, "stages.asked.requires", "consent:contact")),
    ([("final = true", 'roles = ["professional"]\nnext = [{ to = "asked", again = true }]')], Flaw(FlawCode.NO_FINAL_STAGE, "stages")),
    ([("final = true", 'final = true\nnext = ["asked"]')], Flaw(FlawCode.FINAL_GOES_ON, "stages.ended.next", "ended")),
    ([("final = true", 'final = true\nrequires = ["record:wish"]')], Flaw(FlawCode.FINAL_REQUIRES, "stages.ended.requires", "ended")),
    ([('next = ["ended", { to = "asked", again = true }]', 'final = true')], Flaw(FlawCode.UNREACHABLE, "stages.ended", "ended")),
    ([('next = ["ended", { to = "asked", again = true }]', 'next = [{ to = "ended", again = true }]')], Flaw(FlawCode.UNREACHABLE, "stages.ended", "ended")),
    ([('next = ["ended", { to = "asked", again = true }]', 'next = [{ to = "asked", again = true }]'), ], Flaw(FlawCode.CANNOT_END, "stages.meeting.next", "meeting", ("ended",))),
    ([('{ to = "asked", again = true }', '"asked"')], Flaw(FlawCode.CYCLE, "stages.asked.next", "asked, meeting", ("asked", "meeting"))),
    ([('next = ["meeting"]', 'next = ["meeting", "asked"]')], Flaw(FlawCode.CYCLE, "stages.asked.next", "asked", ("asked",))),
    ([('"2 working_days until 12:00"', '"2"')], Flaw(FlawCode.DEADLINE_WITHOUT_UNIT, "clocks.first_call.deadline", "2")),
    ([('"2 working_days until 12:00"', '"2 Wochen"')], Flaw(FlawCode.DEADLINE_UNKNOWN_UNIT, "clocks.first_call.deadline", "2 Wochen")),
    ([('"2 working_days until 12:00"', '"bald"')], Flaw(FlawCode.DEADLINE_UNREADABLE, "clocks.first_call.deadline", "bald")),
    ([('"stage:ended"]', '"stage:asked"]')], Flaw(FlawCode.CLOCK_STOPS_AT_ONCE, "clocks.first_call.to", "stage:asked")),
    ([("{until}", "{when}")], Flaw(FlawCode.BAD_PLACEHOLDER, "clocks.first_call.told_to_caller", "Wir rufen Sie {when} an.")),
    ([("{until}", "bald")], Flaw(FlawCode.BAD_PLACEHOLDER, "clocks.first_call.told_to_caller", "Wir rufen Sie bald an.")),
    ([("{until}", "{until")], Flaw(FlawCode.BAD_PLACEHOLDER, "clocks.first_call.told_to_caller", "Wir rufen Sie {until an.")),
    ([(', { key = "school", label = "in der Schule" }', "")], Flaw(FlawCode.CHOICES_MISSING, "record_kinds.visit.fields.place.choices")),
    ([('label = "Ort", type = "choice"', 'label = "Ort", type = "text"')], Flaw(FlawCode.CHOICES_UNEXPECTED, "record_kinds.visit.fields.place.choices", "text")),
    ([NAMELESS, ('category = "situation"', 'category = "identity"')], Flaw(FlawCode.NAME_DESPITE_PSEUDONYM, "record_kinds.wish.category", "identity")),
    ([NAMELESS, ('type = "date"', 'type = "person"')], Flaw(FlawCode.NAME_DESPITE_PSEUDONYM, "record_kinds.visit.fields.day.type", "person")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "flaw"), CASES, ids=lambda value: value.code.value if isinstance(value, Flaw) else ""
)
def test_what_is_wrong_is_named_with_place_and_value(changes: list[tuple[str, str]], flaw: Flaw) -> None:
    found = flaws_of(*changes)
    assert flaw in found
    said = sentence(flaw)
    assert flaw.path.rpartition(".")[2] in said or flaw.value in said
    assert said.endswith((".", "?"))
    assert (
        "Bitte" in said
        or "Möglich sind" in said
        or "Vorhanden sind" in said
        or "bitte" in said
        or "Er wird" in said
    )


def test_every_flaw_has_a_case_and_a_sentence() -> None:
    tried = {flaw.code for _, flaw in CASES}
    elsewhere = {FlawCode.NOT_TOML, FlawCode.DUPLICATE_PATHWAY, FlawCode.UNKNOWN_PATHWAY}
    assert tried | elsewhere == set(FlawCode)
    assert all(sentence(Flaw(code, "hier", "Wert")) for code in FlawCode)


def test_all_flaws_come_at_once() -> None:
    found = flaws_of(
        ("version = 3", "version = 0"), ('"accompaniment"', '"company"'), ('"task:thanks"', '"task:tea"')
    )
    assert [flaw.code for flaw in found] == [
        FlawCode.BAD_VERSION, FlawCode.UNKNOWN_PURPOSE, FlawCode.UNKNOWN_TASK,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flaw", "said"),
    [
        (
            Flaw(FlawCode.UNKNOWN_ROLE, "stages.answered.roles", "family_offise", ("family", "family_office")),
            "Die Rolle „family_offise“ unter „stages.answered.roles“ gibt es nicht. Möglich sind: family, family_office."
            " Ist „family_office“ gemeint?",
        ),
        (
            Flaw(FlawCode.CYCLE, "stages.a.next", "a, b", ("a", "b")),
            "Diese Schritte führen im Kreis: a, b. Bitte den Weg zurück mit „again = true“ kennzeichnen.",
        ),
        (
            Flaw(FlawCode.BAD_PLACEHOLDER, "clocks.a.told_to_caller", "Bis bald."),
            "Im Satz „Bis bald.“ unter „clocks.a.told_to_caller“ muss der Platzhalter {until} stehen und kein anderer."
            " Er wird zu „bis Montag 12 Uhr“.",
        ),
    ],
)  # fmt: skip
def test_what_the_sentences_say(flaw: Flaw, said: str) -> None:
    assert sentence(flaw) == said


def test_a_broken_file_names_line_and_column() -> None:
    (flaw,) = read_pathway('key = "a"\ntitle = Titel\n', allowed=ALLOWED).flaws
    assert flaw.code is FlawCode.NOT_TOML
    assert "(Zeile 2, Spalte 9)" in sentence(flaw)
    (at_the_end,) = read_pathway('key = "a', allowed=ALLOWED).flaws
    assert sentence(at_the_end).startswith("Die Datei ist kein gültiges TOML (")


def test_an_empty_file_asks_for_everything_and_for_nothing_twice() -> None:
    found = read_pathway("", allowed=ALLOWED).flaws
    assert {flaw.path for flaw in found if flaw.code is FlawCode.MISSING} == {
        "key", "version", "title", "summary", "purpose", "retention_class", "roles", "stages", "record_kinds",
    }  # fmt: skip
    assert len({flaw.path for flaw in found if flaw.code is not FlawCode.BAD_VERSION}) == len(found) - 1


def test_files_are_checked_against_each_other() -> None:
    other = spoiled(
        ('key = "sprachpaten"', 'key = "lesepaten"'), ("lines =", 'instead = "sprachpaten"\nlines =')
    )
    lost = spoiled(
        ('key = "sprachpaten"', 'key = "malpaten"'), ("lines =", 'instead = "spielpaten"\nlines =')
    )
    found = read_pathways({"a": SOUND, "b": other, "c": lost}, allowed=ALLOWED)
    assert found["a"].pathway is not None
    assert found["b"].pathway is not None
    assert found["c"].flaws == (
        Flaw(
            FlawCode.UNKNOWN_PATHWAY,
            "first_question.instead",
            "spielpaten",
            ("lesepaten", "malpaten", "sprachpaten"),
        ),
    )
    twice = read_pathways({"a": SOUND, "b": SOUND}, allowed=ALLOWED)
    assert [reading.flaws for reading in twice.values()] == [
        (Flaw(FlawCode.DUPLICATE_PATHWAY, "key", "sprachpaten"),)
    ] * 2


def test_the_hash_follows_the_content_and_not_the_number() -> None:
    pathway = sound()
    assert content_hash(pathway) == content_hash(sound())
    assert content_hash(replace(pathway, version=4)) == content_hash(pathway)
    assert content_hash(replace(pathway, title_de="Sprachpatinnen")) != content_hash(pathway)
    assert content_hash(replace(pathway, roles=frozenset({"family"}))) != content_hash(pathway)
    assert content_hash(replace(pathway, stages=pathway.stages[::-1])) != content_hash(pathway)


lines = SOUND.strip().splitlines()


@given(
    st.sets(st.integers(0, len(lines) - 1), max_size=6), st.sampled_from(["", "3", '"x"', "true", "[]", "{}"])
)
def test_no_text_makes_the_reader_fall_over(dropped: set[int], value: str) -> None:
    """Lines are taken out or given another value; what comes back is a pathway or flaws with sentences."""
    text = "\n".join(
        line if at not in dropped else f"{line.split('=')[0]}= {value}" if value and "=" in line else ""
        for at, line in enumerate(lines)
    )
    found = read_pathway(text, allowed=ALLOWED)
    assert (found.pathway is None) == bool(found.flaws)
    assert all(sentence(flaw) for flaw in found.flaws)
