"""What fits into the window of an envelope; letters, forms and tables keep to it."""

from typing import Final

LONGEST_LINE: Final = 42  # at ten points
# Together with a space they fill one line.
LONGEST_POSTCODE: Final = 10
LONGEST_CITY: Final = 31


def one_line(street: str, postcode: str, city: str) -> str:
    """An address as a desk reads it; empty where no letters are wanted."""
    return f"{street}, {postcode} {city}" if street else ""
