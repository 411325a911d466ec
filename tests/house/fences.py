"""The house's rules as functions that return what breaks them, so that each can be shown to bite."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver

OURS = "lueckenlos."
FLOORS = ["lueckenlos.config", "lueckenlos.portal", "lueckenlos.steering", "lueckenlos.care"]
# Rooms in one line stand beside each other.
OFFERS = [
    ("lueckenlos.offers.finder",),
    ("lueckenlos.offers.centres",),
    (
        "lueckenlos.offers.classes",
        "lueckenlos.offers.courses",
        "lueckenlos.offers.holidays",
        "lueckenlos.offers.vouchers",
    ),
    ("lueckenlos.offers.programmes",),
    ("lueckenlos.offers.bookings", "lueckenlos.offers.card", "lueckenlos.offers.tours"),
]
ROOMS = [
    "lueckenlos.commons.families", "lueckenlos.commons.privacy", "lueckenlos.commons.certificates",
    "lueckenlos.commons.tasks", "lueckenlos.commons.accounts", "lueckenlos.commons.signals",
    "lueckenlos.commons.directory", "lueckenlos.commons.places", "lueckenlos.core",
]  # fmt: skip
HEIGHTS = [*((each,) for each in FLOORS), *OFFERS, *((each,) for each in ROOMS)]


def height(module: str) -> int:
    """How far down a module's floor lies; a larger number is lower."""
    for number, floor in enumerate(HEIGHTS):
        if any(module == room or module.startswith(f"{room}.") for room in floor):
            return number
    return len(HEIGHTS)


def upward_keys(tables: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys that point up, or leave their app without `related_name="+"`."""
    offences = []
    for table in tables:
        for field in [*table._meta.fields, *table._meta.many_to_many]:
            target = field.related_model
            if not isinstance(target, type) or not isinstance(
                field, models.ForeignKey | models.ManyToManyField
            ):
                continue
            here, there = table.__module__, target.__module__
            if not there.startswith(OURS) or table._meta.app_label == target._meta.app_label:
                continue
            if height(there) <= height(here):
                offences.append(f"{table.__name__}.{field.name} points up to {target.__name__}")
            if not str(field.remote_field.related_name).endswith("+"):  # Django lengthens "+" of many-to-many
                offences.append(f"{table.__name__}.{field.name} leaves its app without related_name='+'")
    return offences


def our_tables() -> list[type[models.Model]]:
    """Every table of the house."""
    return [table for table in apps.get_models() if table.__module__.startswith(OURS)]


def unguarded(
    patterns: Iterable[URLPattern | URLResolver], *, public: set[str], prefix: str = ""
) -> list[str]:
    """Views of ours without a guard, and public ones that do not stand on the list."""
    offences = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            offences += unguarded(pattern.url_patterns, public=public, prefix=namespace)
            continue
        name = f"{prefix}{pattern.name}"
        guard = getattr(pattern.callback, "guard", None)
        module = getattr(pattern.callback, "__module__", "")
        if guard is None and (module.startswith(OURS) or name not in public):
            offences.append(f"{name} ({pattern.pattern}) has no guard")
        if guard is not None and guard.name in {"public", "by_link"} and name not in public:
            offences.append(f"{name} is open but does not stand on the public list")
    return offences


class Skeleton(HTMLParser):
    """Reads what every page must have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.directions: list[str] = []
        self.headings = 0
        self.titles = 0
        self.mains = 0
        self.ids: Counter[str] = Counter()
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.languages.append(given.get("lang") or "")
            self.directions.append(given.get("dir") or "")
        if given.get("id"):
            self.ids[given["id"] or ""] += 1
        self.headings += tag == "h1"
        self.titles += tag == "title" and not self.mains
        self.mains += tag == "main"
        if "style" in given or tag == "style":
            self.inline.append(f"style in <{tag}>")
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in {"application/ld+json", "application/json"}
        ):
            self.inline.append("script without src")
        self.inline += [f"{name} in <{tag}>" for name in given if re.fullmatch(r"on[a-z]+", name)]


def bad_skeleton(html: str) -> list[str]:
    """What a page lacks: language, direction, one h1, one main, a title, nothing inline, no id twice."""
    page = Skeleton(html)
    offences = list(page.inline)
    if len(page.languages) != 1 or not page.languages[0]:
        offences.append("no lang on <html>")
    if len(page.directions) != 1 or page.directions[0] not in {"ltr", "rtl"}:
        offences.append("no dir on <html>")
    if page.headings != 1:
        offences.append(f"{page.headings} h1")
    if page.mains != 1:
        offences.append(f"{page.mains} main")
    if page.titles < 1:
        offences.append("no title")
    # A label, an error and a jump find the first only: the second field of that name stays without words.
    offences += [f"id {name} stands {times} times" for name, times in page.ids.items() if times > 1]
    return offences


def unknown_german(names: Iterable[str], *, glossary: set[str]) -> list[str]:
    """Names of classes and columns with German words that the glossary does not admit."""
    umlaut = re.compile(
        r"[äöüß]|(?:(?<!yo)ung|keit|heit|schaft|angebot|lücke|gemeinde|kreis|familie(?!s)|kind_|traeger)(?:_|s?$)"
    )
    return [name for name in names if umlaut.search(name.lower()) and name not in glossary]


def glossary_words(markdown: str) -> set[str]:
    """The code words of docs/glossary.md: second column of its tables, in backticks."""
    return set(re.findall(r"`([A-Za-z_0-9]+)`", markdown))


# What a test of the browser asserts about a page, it expects: `expect` asks again until the page has come.
_AT_ONCE = re.compile(
    r"^\s*assert\b.*\.(count\(\)|(is_visible|is_hidden|is_checked|inner_text|text_content|input_value|get_attribute)\()"
    r"|^\s*assert\b.*\bpage\.url\b"
)


# What reads many elements never waits for the first; after a click something must have been expected before.
_MANY = re.compile(r"\.(all|all_inner_texts|all_text_contents)\(\)")
_CLICK = re.compile(r"\.(click|press)\(")
_WAITED = re.compile(r"\b(expect|arrived)\(|\.(wait_for|goto|expect_)|^\s*def ")


def read_at_once(source: str) -> list[str]:
    """Lines of a browser's test that read what stands there now, before the page that a click brings may have come."""
    if "playwright" not in source:
        return []
    offences, is_settled = [], True
    for line in source.splitlines():
        is_settled = is_settled or bool(_WAITED.search(line))
        if (_AT_ONCE.search(line) and not re.search(r"objects|journey\.page", line)) or (
            _MANY.search(line) and not is_settled
        ):
            offences.append(line.strip())
        is_settled = is_settled and not _CLICK.search(line)
    return offences


def days_by_hand(source: str) -> list[str]:
    """Days taken off a moment without the county's zone: what the database gives is in UTC, whose day ends later."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
        and "strptime" not in ast.unparse(node)
    ]


def days_of_any_year(source: str) -> list[str]:
    """Fields for a day or a moment that take every year: the house's own refuse those that nobody means."""
    return re.findall(r"forms\.Date(?:Time)?Field\(", source)


def summaries_twice(template: str) -> list[str]:
    """Forms whose errors a page tells twice: a whole form brings its summary along."""
    told = " ".join(re.findall(r"\{% error_summary ([^%]+) %\}", template)).split()
    return [name for name in told if re.search(r"\{\{ ?" + re.escape(name) + r" ?\}\}", template)]


_FORM = re.compile(r'<form\b[^>]*method="post"(?:[^>%]|%\}|\{%[^%]*%\})*>.*?</form>', re.DOTALL)
_OURS = re.compile(r"\{\{ ?(?:verify_)?form ?\}\}|\{% field ")


def forms_with_bubbles(template: str) -> list[str]:
    """Forms of ours whose errors a browser would tell in bubbles of its own, one by one and in its language."""
    forms = (match[0] for match in _FORM.finditer(template))
    return [each for each in forms if _OURS.search(each) and "novalidate" not in each]


def days_of_import(source: str) -> list[str]:
    """Constants of a test module that hold the real day of its import: a run may pass midnight."""
    return [
        ast.unparse(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and re.search(r"day_of\((clock\.real_)?now\(\)|today\(\)", ast.unparse(node))
    ]


_CHANCE = re.compile(r"\b(uuid4|random|token_\w+|urandom)\(")


def cases_by_chance(source: str) -> list[str]:
    """Words that chance writes into the cases of a test, and so into their names: each worker would find others."""
    tree = ast.parse(source)
    drawn = {
        ast.unparse(target)
        for node in tree.body
        if isinstance(node, ast.Assign) and _CHANCE.search(ast.unparse(node.value))
        for target in node.targets
    }
    words = [
        ast.unparse(each)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if "parametrize" in ast.unparse(mark)
        for each in ast.walk(mark)
        if isinstance(each, ast.FormattedValue) or ast.unparse(each).startswith("str(")
    ]
    return [
        each
        for each in words
        if _CHANCE.search(each) or any(re.search(rf"\b{name}\b", each) for name in drawn)
    ]
