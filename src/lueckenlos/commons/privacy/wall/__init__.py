"""The wall of this room: who may see a row (`policies`), what is derived (`deriving`), and the definer functions."""
