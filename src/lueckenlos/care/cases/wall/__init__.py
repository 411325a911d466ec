"""The definer functions of this room."""
