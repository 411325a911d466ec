"""Which entries are likely one, and which word is meant."""

from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.likeness import Likeable, doubles_within, likely_doubles, meant, plain

texts = st.text(max_size=40)


def entry(key: str, name: str, address: str = "", group: str = "träger") -> Likeable[str]:
    return Likeable(key, group, name, address)


def test_a_list_typed_again_is_found_although_it_is_spelled_otherwise() -> None:
    known = [entry("a", "Elterncafé Jülich-Nord"), entry("b", "Krabbelgruppe am Mittwoch")]
    found = likely_doubles([entry("1", "Elterncafe Jülich Nord")], known)
    assert [(each.new, each.known) for each in found] == [("1", "a")]


def test_the_same_name_of_another_organization_is_no_double() -> None:
    assert likely_doubles([entry("1", "Krabbelgruppe")], [entry("a", "Krabbelgruppe", group="andere")]) == []


def test_two_groups_of_nearly_one_name_are_told_apart_by_their_address() -> None:
    known = [entry("a", "Eltern-Kind-Gruppe I", "Markt 1, 52428 Jülich")]
    here = entry("1", "Eltern-Kind-Gruppe II", "Markt 1, 52428 Jülich")
    there = entry("2", "Eltern-Kind-Gruppe II", "Kirchweg 9, 52445 Titz")
    assert [each.new for each in likely_doubles([here, there], known, least=0.95)] == ["1"]


def test_a_row_that_stands_twice_in_one_table_is_named_once() -> None:
    rows = [entry("2", "Babytreff"), entry("3", "Stillgruppe"), entry("4", "Baby-Treff")]
    assert [(each.new, each.known) for each in doubles_within(rows)] == [("4", "2")]


def test_street_and_its_short_form_are_one() -> None:
    assert plain("Bahnhofstraße 3") == plain("Bahnhofstr. 3")


def test_a_misspelled_word_of_a_list_is_understood_and_a_foreign_one_is_not() -> None:
    words = {"eltern": ["Eltern"], "kinder": ["Kinder", "Kids"]}
    assert meant("Elten", words, least=0.8) == "eltern"
    assert meant("KIDS", words, least=0.8) == "kinder"
    assert meant("Fahrrad", words, least=0.8) is None
    assert meant("  ", words, least=0.8) is None


@given(texts)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(texts, texts)
def test_likeness_does_not_ask_who_came_first(one: str, other: str) -> None:
    there = likely_doubles([entry("1", one)], [entry("a", other)], least=0.0)
    back = likely_doubles([entry("1", other)], [entry("a", one)], least=0.0)
    assert abs(there[0].likeness - back[0].likeness) < 1e-6
    assert 0 <= there[0].likeness <= 1
