"""Style sheets, scripts and fonts: one address for each state of them, and packed copies where they are fresh."""

import hashlib
import os
from pathlib import Path
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

PACKAGE = Path(__file__).resolve().parents[1]
VENDOR = PACKAGE / "core" / "static" / "vendor"
PACKED = (".br", ".gz")


def own_files() -> list[Path]:
    """What the rooms bring along themselves, in a stable order; neither third parties' files nor packed copies."""
    found = [path for room in ("*", "*/*") for path in PACKAGE.glob(f"{room}/static/**/*")]
    return sorted(
        path
        for path in found
        if path.is_file() and path.suffix not in PACKED and not path.is_relative_to(VENDOR)
    )


def address() -> str:
    """The prefix of all static files: another one as soon as a file changes, so browsers may keep them for good."""
    state = hashlib.blake2b(digest_size=6)
    stamp = VENDOR / ".stamp"
    for path in [*own_files(), *([stamp] if stamp.exists() else [])]:
        state.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"/static/{state.hexdigest()}/"


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the files under their address, packed as small as the browser understands."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether a browser may keep a file for good: the prefix changes with the files."""
        return True

    def get_static_file(
        self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None
    ) -> Any:
        """One file with its copies; a copy that is older than its file is left out, else an edit would not be seen."""
        if stat_cache is not None:
            names = [path, *(path + suffix for suffix in PACKED)]
            stat_cache = {
                name: stat_cache[name]
                for name in names
                if name in stat_cache and stat_cache[name].st_mtime >= stat_cache[path].st_mtime
            }
        return super().get_static_file(path, url, stat_cache)
