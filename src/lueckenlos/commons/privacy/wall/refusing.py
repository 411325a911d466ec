"""How a function of the wall refuses: with a short name that `errors` gives its words."""

from typing import Final

REFUSE: Final = "RAISE EXCEPTION '{name}' USING ERRCODE = 'insufficient_privilege'"
UNFIT: Final = "RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'"
