"""The short mark of an invitation: generated, so that nobody writes something there by which a family is known."""

PER_LETTER = 9


def mark_of(number: int) -> str:
    """From A1 to A9, then B1; after Z9 with two letters."""
    letters, digit = divmod(number, PER_LETTER)
    first, last = divmod(letters, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + last)}{digit + 1}"
