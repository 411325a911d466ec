"""The published schemas of Open Referral as judges; tests that need them skip where they are missing."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

HSDS = Path(__file__).resolve().parents[5] / "shared" / "data" / "hsds"
SAMPLES = HSDS / "samples" / "oruk-validator-mocks"
_FOLDERS = {"hsds": "hsds-3.1", "oruk": "oruk-3.0"}
Judge = Callable[[Any, str], list[str]]


def needed(path: Path) -> Path:
    """The path, or a skip that says what is missing."""
    if not path.exists():
        pytest.skip(f"The schemas and samples of Open Referral are not at {path}.")
    return path


def judge_of(profile: str) -> Judge:
    """A function that gives the mistakes of a record against the published schema, formats included."""
    validators = _validators(profile)

    def judge(record: Any, entity: str) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validators(entity).iter_errors(record)]

    return judge


@cache
def _validators(profile: str) -> Callable[[str], Draft202012Validator]:
    folder = needed(HSDS / _FOLDERS[profile] / "schema")
    resources = []
    for path in folder.glob("*.json"):
        if path.name != "openapi.json":
            schema = json.loads(path.read_text(encoding="utf-8"))
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
            resources.append((path.name, Resource.from_contents(schema)))
    registry: Registry[Any] = Registry().with_resources(resources)

    @cache
    def validator(entity: str) -> Draft202012Validator:
        return Draft202012Validator(
            {"$ref": f"{entity}.json"}, registry=registry, format_checker=FormatChecker()
        )

    return validator


def documents(folder: Path) -> dict[str, Any]:
    """The JSON documents of a folder by the name of their file."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(needed(folder).glob("*.json"))
    }
