"""The worked example of docs/how-to/add-a-pathway.md is a pathway without a flaw, and the words it explains exist."""

import re
from pathlib import Path

import lueckenlos
from lueckenlos.kernels.pathways import layout, read_pathways, sentence
from tests.kernels.pathways.house import ALLOWED

PACKAGE = Path(lueckenlos.__file__).parent
HOW_TO = PACKAGE.parents[1] / "docs" / "how-to" / "add-a-pathway.md"


def example() -> str:
    found = re.search(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_worked_example_is_sound() -> None:
    house = (PACKAGE / "care" / "pathways" / "gefaehrdungseinschaetzung.toml").read_text(encoding="utf-8")
    reading = read_pathways({"example": example(), "house": house}, allowed=ALLOWED)["example"]
    assert [sentence(flaw) for flaw in reading.flaws] == []
    assert reading.pathway is not None
    assert [node.title for node in layout(reading.pathway).nodes] == ["Angefragt", "Getroffen", "Beendet"]


def test_every_entry_of_the_example_is_explained() -> None:
    text = HOW_TO.read_text(encoding="utf-8")
    explained = text[text.index("## Every key") :]
    keys = set(re.findall(r"^(\w+) =", example(), re.MULTILINE))
    assert {key for key in keys if f"`{key}`" not in explained} == set()
