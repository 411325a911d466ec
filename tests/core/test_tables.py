"""Strict reading of tables: everything that does not fit is named."""

from pathlib import Path

import pytest

from lueckenlos.core import tables
from lueckenlos.core.table_wording import place_of, sentence
from lueckenlos.core.tables import Mistakes, RowMistake, Why, csv_rows, json_lines, whole_text


def read(path: Path) -> tuple[list[dict[str, object]], Mistakes]:
    mistakes = Mistakes()
    return [dict(row.values) for row in csv_rows(path, columns=("ort", "ags"), mistakes=mistakes)], mistakes


def write(folder: Path, content: bytes) -> Path:
    path = folder / "orte.csv"
    path.write_bytes(content)
    return path


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    rows, mistakes = read(write(tmp_path, b"\xef\xbb\xbfort,ags\nTitz,05358056\n"))
    assert not mistakes
    assert rows == [{"ort": "Titz", "ags": "05358056"}]


def test_windows_1252_is_recognized_with_its_line(tmp_path: Path) -> None:
    rows, mistakes = read(write(tmp_path, "ort,ags\nTitz,05358056\nJülich,05358024\n".encode("cp1252")))
    assert rows == []
    assert [(each.why, each.line) for each in mistakes.kept] == [(Why.WINDOWS_1252, 3)]
    assert "Jülich" in mistakes.kept[0].value


def test_utf_16_is_recognized(tmp_path: Path) -> None:
    _rows, mistakes = read(write(tmp_path, "ort,ags\nJülich,05358024\n".encode("utf-16")))
    assert [each.why for each in mistakes.kept] == [Why.UTF_16]


def test_a_missing_column_is_named_and_no_row_is_read(tmp_path: Path) -> None:
    rows, mistakes = read(write(tmp_path, b"ort,lat\nTitz,51.0\n"))
    assert rows == []
    assert [(each.why, each.field, each.line) for each in mistakes.kept] == [(Why.COLUMN_MISSING, "ags", 1)]


def test_rows_of_the_wrong_width_are_named_and_the_others_read(tmp_path: Path) -> None:
    rows, mistakes = read(write(tmp_path, b"ort,ags\nTitz\nInden,05358020,x\nMerzenich,05358040\n"))
    assert [row["ort"] for row in rows] == ["Merzenich"]
    assert [(each.why, each.line) for each in mistakes.kept] == [
        (Why.TOO_FEW_CELLS, 2),
        (Why.TOO_MANY_CELLS, 3),
    ]


def test_a_text_over_two_lines_keeps_the_count_of_lines(tmp_path: Path) -> None:
    mistakes = Mistakes()
    path = write(tmp_path, b'ort,ags\n"Neu-\nPattern",05358004\nTitz,05358056\n')
    assert [row.line for row in csv_rows(path, columns=("ort",), mistakes=mistakes)] == [3, 4]


def test_a_file_of_200_megabytes_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "orte.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    mistakes = Mistakes()
    assert whole_text(path, mistakes=mistakes) is None
    assert sentence(mistakes.kept[0]) == (
        "Die Datei ist mit 200 MiB zu groß; gelesen werden bis zu 32 MiB. Bitte prüfen oder teilen."
    )


def test_json_lines_are_read_one_by_one_and_each_wrong_one_named(tmp_path: Path) -> None:
    path = tmp_path / "services.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a"}\n\n{"id": \n[1]\n{"id": "\xfc"}\n{"id": "b"}\n')
    mistakes = Mistakes()
    assert [(row.line, row.values["id"]) for row in json_lines(path, mistakes=mistakes)] == [
        (1, "a"),
        (6, "b"),
    ]
    assert [(each.line, each.why) for each in mistakes.kept] == [
        (3, Why.NOT_JSON),
        (4, Why.NOT_AN_OBJECT),
        (5, Why.WINDOWS_1252),
    ]


def test_one_endless_line_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "services.jsonl"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    mistakes = Mistakes()
    assert list(json_lines(path, mistakes=mistakes)) == []
    assert [each.why for each in mistakes.kept] == [Why.LINE_TOO_LONG]


def test_a_json_document_nested_without_end_is_a_mistake_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "services.jsonl"
    path.write_bytes(b"[" * 100_000)
    mistakes = Mistakes()
    assert list(json_lines(path, mistakes=mistakes)) == []
    assert mistakes


def test_of_a_flood_of_mistakes_the_first_are_kept_and_all_counted() -> None:
    mistakes = Mistakes()
    for line in range(2 * tables.MOST_MISTAKES):
        mistakes.add(RowMistake("a.csv", line, "", Why.EMPTY))
    assert (len(mistakes.kept), mistakes.total) == (tables.MOST_MISTAKES, 2 * tables.MOST_MISTAKES)


@pytest.mark.parametrize("why", list(Why))
def test_every_mistake_has_a_sentence(why: Why) -> None:
    said = sentence(RowMistake("orte.csv", 7, "ags", why, "05359", "acht Ziffern."))
    assert said.endswith(".") and "{" not in said


def test_a_mistake_says_where_it_is() -> None:
    assert place_of(RowMistake("orte.csv", 7, "ags", Why.EMPTY)) == "orte.csv, Zeile 7, Feld „ags“"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("", Why.EMPTY),
        ("viele", Why.NOT_A_NUMBER),
        ("-1", Why.OUT_OF_RANGE),
        ("1.5", Why.NOT_A_NUMBER),
        (True, Why.NOT_A_NUMBER),
    ],
)
def test_a_count_must_be_a_whole_number(value: object, why: Why) -> None:
    mistakes = Mistakes()
    row = tables.Row("a.csv", 2, {"persons": value}, mistakes)
    row.integer("persons")
    assert not row.fits
    assert [each.why for each in mistakes.kept] == [why]


@pytest.mark.parametrize("value", ["nan", "inf", "zwölf", "1,5"])
def test_numbers_have_a_decimal_point_and_an_end(value: str) -> None:
    mistakes = Mistakes()
    tables.Row("a.csv", 2, {"lat": value}, mistakes).maybe_number("lat", least=-90, most=90)
    assert mistakes


@pytest.mark.parametrize("escaped", [b"\\u0000", b"\\ud83d", b"\\ude00\\ud83d"])
def test_what_postgresql_cannot_store_is_named(tmp_path: Path, escaped: bytes) -> None:
    path = tmp_path / "services.jsonl"
    path.write_bytes(b'{"id": "a", "more": [{"x' + escaped + b'": 1}]}\n{"id": "\\ud83d\\ude00"}\n')
    mistakes = Mistakes()
    assert [row.values["id"] for row in json_lines(path, mistakes=mistakes)] == ["\U0001f600"]
    assert [each.why for each in mistakes.kept] == [Why.CONTROL_CHARACTER]
