"""The line drawings of the house; each is a template, so that it takes the page's colors."""

PICTURES = frozenset({"nachbarn", "leer", "danke", "verlaufen", "nacht", "pause"})


def picture_file(name: str) -> str:
    """The template of a drawing; a wrong name is a mistake of the template that asks."""
    if name not in PICTURES:
        raise KeyError(f"no drawing {name!r}: see core/pictures.py")
    return f"core/pictures/{name}.svg"
