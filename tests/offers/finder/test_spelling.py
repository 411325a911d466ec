"""What the county's services and places are called is understood as it stands."""

import pytest

from lueckenlos.kernels.text.mending import understand
from lueckenlos.offers.finder import engine, services
from lueckenlos.offers.finder.models import IndexedService
from tests.offers.finder.memories import only_what_lasts

pytestmark = pytest.mark.django_db


def mended(text: str) -> list[tuple[str, str]]:
    now = engine.state()
    understood = understand(
        text, analyzer=engine.analyzer(), speller=engine.speller(now),
        known=engine.phrase_book(now).__contains__, lang="de",
    )  # fmt: skip
    return [(one.typed, one.meant) for one in understood.mended if one.distance]


def test_no_name_of_a_service_or_place_is_corrected_away() -> None:
    services.refresh_index(limit=1_000)
    names = [texts["name"] for texts in IndexedService.objects.values_list("texts", flat=True)]
    with only_what_lasts():
        wrong = [found for name in names for found in mended(name)]
        wrong += [found for _, name in engine.place_names().values() for found in mended(name)]

    assert len(names) > 300
    assert wrong == []


VILLAGES = (
    "Arnoldsweiler Derichsweiler Mariaweiler Gürzenich Lendersdorf Birkesdorf Rölsdorf Echtz Hoven Merken Berzbuir "
    "Kufferath Girbelsrath Golzheim Morschenich Huchem Stammeln Selgersdorf Oberzier Lamersdorf Lucherberg Schophoven "
    "Schlich Jüngersdorf Heistern Pingsheim Wissersheim Hochkirchen Binsfeld Rommelsheim Eggersheim Oberbolheim "
    "Lüxheim Müddersheim Sievernich Disternich Froitzheim Ginnick Drove Obermaubach Üdingen Bogheim Vossenack Bergstein "
    "Zerkall Großhau Simonskall Abenden Embken Muldenau Wollersheim Hasenfeld Hergarten Blens Vlatten Bourheim Koslar "
    "Stetternich Welldorf Freialdenhoven Siersdorf Ederen Gereonsweiler Gevenich Glimbach Körrenzig Rurdorf Tetz Welz "
    "Ameln Gevelsdorf Hasselsweiler Hompesch Jackerath Müntz Opherten Rödingen"
)


def test_villages_that_no_entry_names_stay_what_they_are() -> None:
    services.refresh_index(limit=1_000)
    with only_what_lasts():
        assert [found for name in VILLAGES.split() for found in mended(name)] == []
