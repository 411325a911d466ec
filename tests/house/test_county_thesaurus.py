"""The county's thesaurus of everyday words is large, valid, even, and does not know the judged queries."""

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNTY = ROOT / "counties" / "dueren"
JUDGED = ROOT.parent / "shared" / "data" / "finder" / "queries-dev.jsonl"
COLUMNS = ["lang", "phrase", "terms", "kinds", "phases", "note"]
FEWEST_GERMAN_PHRASES = 2600
FEWEST_PHRASES_OF_A_KIND = 15
MOST_KINDS_OF_A_PHRASE = 6
SPELLED_OUT = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def _normalized(text: str) -> str:
    """Return the words alone, so that punctuation, case and umlauts make no difference."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(SPELLED_OUT)
    return " ".join(re.findall(r"\w+", composed))


def _read(name: str) -> list[dict[str, str]]:
    with (COUNTY / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _parts(cell: str) -> list[str]:
    return cell.split(";") if cell else []


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Return every row of the thesaurus."""
    return _read("thesaurus.csv")


def test_the_header_is_the_agreed_one() -> None:
    with (COUNTY / "thesaurus.csv").open(encoding="utf-8", newline="") as handle:
        assert next(csv.reader(handle)) == COLUMNS


def test_every_row_has_a_language_a_phrase_terms_and_kinds(rows: list[dict[str, str]]) -> None:
    incomplete = [
        row
        for row in rows
        if None in row or not all((row[name] or "").strip() for name in ("lang", "phrase", "terms", "kinds"))
    ]
    assert incomplete == []


def test_there_are_enough_german_phrases(rows: list[dict[str, str]]) -> None:
    assert sum(row["lang"] == "de" for row in rows) >= FEWEST_GERMAN_PHRASES


def test_every_kind_and_phase_named_is_known(rows: list[dict[str, str]]) -> None:
    kinds = {row["key"] for row in _read("kinds.csv")}
    phases = {row["key"] for row in _read("phases.csv")}
    unknown_kinds = {
        (row["phrase"], kind) for row in rows for kind in _parts(row["kinds"]) if kind not in kinds
    }
    unknown_phases = {
        (row["phrase"], phase) for row in rows for phase in _parts(row["phases"]) if phase not in phases
    }
    assert unknown_kinds == set()
    assert unknown_phases == set()


def test_a_phrase_names_few_kinds_and_none_twice(rows: list[dict[str, str]]) -> None:
    crowded = [row["phrase"] for row in rows if len(_parts(row["kinds"])) > MOST_KINDS_OF_A_PHRASE]
    repeated = [
        row["phrase"]
        for row in rows
        for column in ("kinds", "terms", "phases")
        if len(set(_parts(row[column]))) != len(_parts(row[column]))
    ]
    assert crowded == []
    assert repeated == []


def test_every_kind_is_reached_by_enough_german_phrases(rows: list[dict[str, str]]) -> None:
    reached = Counter(kind for row in rows if row["lang"] == "de" for kind in _parts(row["kinds"]))
    short = {row["key"]: reached[row["key"]] for row in _read("kinds.csv")}
    assert {kind: count for kind, count in short.items() if count < FEWEST_PHRASES_OF_A_KIND} == {}


def test_every_kind_is_the_first_answer_to_some_phrase(rows: list[dict[str, str]]) -> None:
    first = {_parts(row["kinds"])[0] for row in rows if row["lang"] == "de"}
    assert {row["key"] for row in _read("kinds.csv")} - first == set()


def test_no_phrase_stands_twice_in_one_language(rows: list[dict[str, str]]) -> None:
    counted = Counter((row["lang"], _normalized(row["phrase"])) for row in rows)
    assert [key for key, count in counted.items() if count > 1] == []


def test_no_phrase_names_a_municipality_of_the_county(rows: list[dict[str, str]]) -> None:
    shapes = json.loads((COUNTY / "municipalities.geojson").read_text(encoding="utf-8"))
    places = {_normalized(shape["properties"]["name"]) for shape in shapes["features"]} - {"inden", "titz"}
    named = [row["phrase"] for row in rows if places & set(_normalized(row["phrase"]).split())]
    assert named == []


def test_no_judged_query_stands_in_the_thesaurus(rows: list[dict[str, str]]) -> None:
    if not JUDGED.exists():
        pytest.skip("The judged queries are not beside the repository, so nothing can be compared with them.")
    records = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines() if line.strip()]
    queries = {_normalized(record["query"]) for record in records}
    assert queries
    assert sorted(row["phrase"] for row in rows if _normalized(row["phrase"]) in queries) == []
