"""Holds the budgets: files of at most 400 lines, functions of at most 40 statements."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 400
STATEMENTS = 40


def main() -> int:
    """Print what is over its budget; 1 if anything is."""
    over = [sentence for path in python_files(ROOT) for sentence in check(path, root=ROOT)]
    print(
        "\n".join(over)
        or f"Alle Dateien unter {LINES} Zeilen, alle Funktionen unter {STATEMENTS} Anweisungen."
    )
    return 1 if over else 0


def python_files(root: Path) -> list[Path]:
    """Every Python file that git knows or would take, without generated migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [
        root / name for name in sorted(set(listed)) if "/migrations/" not in name and (root / name).exists()
    ]


def check(path: Path, *, root: Path) -> list[str]:
    """What is over budget in one file, as sentences."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(root)
    count = len(text.splitlines())
    over = [f"{name}: {count} Zeilen, erlaubt sind {LINES}"] if count > LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
            if size > STATEMENTS:
                over.append(
                    f"{name}:{node.lineno} {node.name}: {size} Anweisungen, erlaubt sind {STATEMENTS}"
                )
    return over


if __name__ == "__main__":
    sys.exit(main())
