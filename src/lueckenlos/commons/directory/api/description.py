"""The machine-readable description of the interface: answers as OpenAPI schemas, from the same table as checks."""

from functools import cache
from typing import Any, Final

from lueckenlos.kernels.openreferral import Form, Profile, Property, entities

Schema = dict[str, Any]
_FORMATS: Final = {Form.UUID: "uuid", Form.URI: "uri", Form.EMAIL: "email", Form.DATETIME: "date-time"}
_COUNTS: Final = ("total_items", "total_pages", "page_number", "size")
_FLAGS: Final = ("first_page", "last_page", "empty")


@cache
def components(profile: Profile) -> dict[str, Schema]:
    """A schema for every entity of a profile, for pages of them and for refusals."""
    schemas: dict[str, Schema] = {"refusal": _REFUSAL, "root": _ROOT, "brief": _BRIEF}
    for entity, properties in entities(profile).items():
        schemas[entity] = {
            "type": "object",
            "properties": {
                name: _schema(part)
                for name, part in properties.items()
                if not part.entity or part.entity in entities(profile)
            },
            "required": [name for name, part in properties.items() if part.is_required],
        }
    return schemas


def one(entity: str) -> Schema:
    """The answers of an operation that gives one record."""
    return _responses({"$ref": f"#/components/schemas/{entity}"}, missing=True)


def page_of(*kinds: str) -> Schema:
    """The answers of an operation that gives a page of records."""
    item = {"anyOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in kinds]}
    page = {
        "type": "object",
        "properties": {
            **{name: {"type": "integer"} for name in _COUNTS},
            **{name: {"type": "boolean"} for name in _FLAGS},
            "contents": {"type": "array", "items": item},
        },
        "required": [*_COUNTS, *_FLAGS, "contents"],
    }
    return _responses(page)


def _responses(schema: Schema, *, missing: bool = False) -> Schema:
    refused = {"$ref": "#/components/schemas/refusal"}
    responses = {200: _json(schema, "Gefunden"), 422: _json(refused, "Eine Angabe passt nicht")}
    if missing:
        responses[404] = _json(refused, "Gibt es nicht")
    return {"responses": responses}


def _json(schema: Schema, description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _schema(part: Property) -> Schema:
    if part.entity:
        inside = {"$ref": f"#/components/schemas/{part.entity}"}
        return {"type": "array", "items": inside} if part.is_list else inside
    if part.form is Form.NUMBER:
        return {"type": "number"}
    schema: Schema = {"type": "string"}
    if part.form in _FORMATS:
        schema["format"] = _FORMATS[part.form]
    if part.choices:
        schema["enum"] = list(part.choices)
    return schema


_REFUSAL: Final[Schema] = {
    "type": "object",
    "properties": {
        "message": {"type": "string"},
        "detail": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "sentence": {"type": "string"}},
            },
        },
    },
    "required": ["message"],
}
_ROOT: Final[Schema] = {
    "type": "object",
    "properties": {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    },
    "required": ["version", "profile", "openapi_url"],
}
_BRIEF: Final[Schema] = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "last_modified": {"type": "string", "format": "date-time"},
    },
    "required": ["id"],
}
