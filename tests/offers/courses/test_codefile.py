"""A file of codes says each line that does not fit, with why; nothing is guessed and nothing goes in twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.offers.courses.codefile import (
    MOST_CODES,
    Flaw,
    Unreadable,
    UnreadableFile,
    read_codes,
)

TODAY = date(2026, 12, 1)


def read(text: str | bytes) -> tuple[list[str], list[tuple[int, Flaw]]]:
    """The codes that fit, and every line that does not."""
    found = read_codes(text if isinstance(text, bytes) else text.encode(), today=TODAY)
    return [code.text for code in found.codes], [(each.line, each.flaw) for each in found.mistakes]


def test_one_column_is_enough_and_a_second_may_say_the_last_day() -> None:
    assert read("Code\nAB12\nCD34\n") == (["AB12", "CD34"], [])
    found = read_codes(
        "Zugangscode;gültig bis\r\nAB12;31.12.2027\r\nCD34;2027-06-30\r\nEF56;\r\n".encode(), today=TODAY
    )
    assert [code.redeem_until for code in found.codes] == [date(2027, 12, 31), date(2027, 6, 30), None]
    assert found.lines == (2, 3, 4)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_however_a_german_machine_writes_it(encoding: str) -> None:
    assert read("Code;gültig bis\nAB12;31.12.2027\n".encode(encoding)) == (["AB12"], [])


def test_every_line_that_does_not_fit_is_named_with_its_number() -> None:
    text = (
        "Nr,Code,Gültig bis\n1,AB12,31.12.2027\n2,AB12,\n3,,\n\n4,A B 1 2,\n5,CD34,gestern\n"
        "6,EF56,30.11.2026\n7,GH78,1.12.2026\n"
    )
    assert read(text) == (
        ["AB12", "GH78"],
        [
            (3, Flaw.TWICE),
            (4, Flaw.EMPTY),
            (5, Flaw.EMPTY),
            (6, Flaw.NOT_A_CODE),
            (7, Flaw.NOT_A_DATE),
            (8, Flaw.PAST),
        ],
    )


def test_a_mistake_names_a_code_by_its_end_alone() -> None:
    found = read_codes(b"Code\nGEHEIM-1234\nGEHEIM-1234\n", today=TODAY)
    assert [(each.value, each.other) for each in found.mistakes] == [("…1234", "2")]
    assert found.without([0]).codes == ()
    assert [each.flaw for each in found.without([0]).mistakes] == [Flaw.THERE_ALREADY, Flaw.TWICE]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.EMPTY),
        (b" \r\n ", Unreadable.EMPTY),
        (b"Code\n", Unreadable.EMPTY),
        (b"AB12\nCD34\n", Unreadable.NO_CODE_COLUMN),
        (b"PK\x03\x04rest", Unreadable.SHEET),
        (b"Code\nAB\x00CD\n", Unreadable.NOT_TEXT),
        (b"x" * (2 * 1024 * 1024 + 1), Unreadable.TOO_LARGE),
        (b"Code\n" + b"".join(b"C%06d\n" % number for number in range(MOST_CODES + 1)), Unreadable.TOO_MANY),
    ],
)
def test_what_is_no_list_of_codes_is_refused_whole(content: bytes, why: Unreadable) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.why is why


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for prefix in (b"", b"Code\n", b"Code;gueltig bis\n"):
        try:
            found = read_codes(prefix + content, today=TODAY)
        except UnreadableFile:
            continue
        texts = [code.text for code in found.codes]
        assert len(set(texts)) == len(texts) == len(found.lines)
