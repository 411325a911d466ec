"""What rooms above say beside a programme, in this order; programmes do not know them."""

from typing import Final

from lueckenlos.offers.holidays.beside import round_of
from lueckenlos.offers.programmes.beside import Teller

BESIDE: Final[tuple[Teller, ...]] = (round_of,)
