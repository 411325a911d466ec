"""Every rule of the house holds, and every rule bites on a deliberate offence."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path
from tools import budget

from lueckenlos.core import guards
from tests.house import fences

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLIC = {
    line.strip()
    for line in (Path(__file__).parent / "public_urls.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}


def test_every_address_has_a_guard_or_stands_on_the_public_list() -> None:
    assert fences.unguarded(get_resolver().url_patterns, public=PUBLIC) == []


def test_an_address_without_a_guard_is_found() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    bare.__module__ = "lueckenlos.offers.finder.views"
    assert fences.unguarded([path("x/", bare, name="x")], public=set())


def test_an_open_address_that_nobody_listed_is_found() -> None:
    @guards.public
    def opened(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert fences.unguarded([path("x/", opened, name="x")], public=set())


def test_foreign_keys_point_down() -> None:
    assert fences.upward_keys(fences.our_tables()) == []


def test_a_foreign_key_that_points_up_is_found() -> None:
    class Upward(models.Model):
        user = models.ForeignKey("accounts.User", on_delete=models.CASCADE)

        class Meta:
            app_label = "places"
            managed = False

    Upward.__module__ = "lueckenlos.commons.places.models"
    try:
        assert len(fences.upward_keys([Upward])) == 2
    finally:
        from django.apps import apps

        del apps.all_models["places"]["upward"]
        apps.clear_cache()


def test_rooms_of_offers_stand_above_each_other_or_side_by_side() -> None:
    holidays, courses, programmes = (
        fences.height(f"lueckenlos.offers.{room}.models") for room in ("holidays", "courses", "programmes")
    )
    assert holidays == courses < programmes < fences.height("lueckenlos.commons.families.models")


def closed_tables() -> list[type[models.Model]]:
    return [table for table in fences.our_tables() if getattr(table, "closed", False)]


def missing_policies(tables: list[str]) -> list[str]:
    """Closed tables without FORCE, or with a command that the application may use without a policy for it."""
    offences = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)",
                [table],
            )
            row = cursor.fetchone()
            if row is None or not row[0]:
                offences.append(f"{table} does not force row-level security")
            cursor.execute("SELECT DISTINCT cmd FROM pg_policies WHERE tablename = %s", [table])
            commands = {found[0] for found in cursor.fetchall()}
            cursor.execute(
                "SELECT command FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) command "
                "WHERE has_table_privilege('lueckenlos_app', %s, command)",
                [table],
            )
            allowed = {found[0] for found in cursor.fetchall()}
            if "ALL" not in commands and not allowed <= commands:
                offences.append(f"{table} lacks a policy for a command")
    return offences


@pytest.mark.django_db
def test_every_closed_table_has_policies_and_a_retention_rule() -> None:
    tables = closed_tables()
    assert missing_policies([table._meta.db_table for table in tables]) == []
    for table in tables:
        folder = ROOT / "src" / Path(*table.__module__.split(".")[:-1])
        rules = next(
            (up / "retention.py" for up in (folder, folder.parent) if (up / "retention.py").exists()), None
        )
        assert rules is not None and table.__name__ in rules.read_text(encoding="utf-8"), table


@pytest.mark.django_db
def test_a_table_without_policies_is_found() -> None:
    assert len(missing_policies(["places_county"])) == 2


def test_a_page_without_skeleton_is_found() -> None:
    bad = '<html><head></head><body><h1>a</h1><h1>b</h1><p style="x" onclick="y">c</p><script>1</script></body></html>'
    assert len(fences.bad_skeleton(bad)) == 8


def test_an_id_that_stands_twice_is_found() -> None:
    page = '<html lang="de" dir="ltr"><title>a</title><main><h1 id="a">b</h1><p id="a">c</p><p id="d">e</p></main></html>'
    assert fences.bad_skeleton(page) == ["id a stands 2 times"]


def names_in_code() -> list[str]:
    """Names of classes, functions and columns in the whole package."""
    names = []
    for file in budget.python_files(ROOT):
        if "src/" not in str(file):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.append(node.name)
            if isinstance(node, ast.AnnAssign | ast.Assign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def test_german_enters_code_only_through_the_glossary() -> None:
    glossary = fences.glossary_words((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    assert fences.unknown_german(names_in_code(), glossary=glossary) == []


def test_a_german_name_is_found() -> None:
    assert fences.unknown_german(["Angebot", "beratung_art", "service"], glossary=set()) == [
        "Angebot",
        "beratung_art",
    ]


def test_what_a_page_shows_is_expected_and_never_read_at_once() -> None:
    found = {
        path.name: offences
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path.parent.name != "house" and (offences := fences.read_at_once(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "read", ["page.locator('h1').count() > 0", 'page.url.endswith("/")', "page.title.inner_text()"]
)
def test_a_reading_that_does_not_wait_is_found(read: str) -> None:
    assert fences.read_at_once(f"from playwright.sync_api import Page\n    assert {read}") == [
        f"assert {read}"
    ]


def test_a_list_read_right_after_a_click_is_found() -> None:
    lines = ["from playwright.sync_api import Page", "page.get_by_role('link').click()"]
    reading = "names = page.locator('li').all_inner_texts()"
    assert fences.read_at_once("\n".join([*lines, reading])) == [reading]
    assert fences.read_at_once("\n".join([*lines, "expect(page).to_have_title('x')", reading])) == []


# Cells of a workbook and a command's argument have no zone; kernels are told theirs with the moment.
NAIVE = {
    "reading.py": ["cell.date()"],
    "chain.py": ["day.date()"],
    "clock.py": ["moment.astimezone(zone()).date()"],
}


def test_a_moments_day_is_the_countys() -> None:
    found = {
        path.name: offences
        for folder in ("src", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "kernels" not in path.parts
        and (offences := fences.days_by_hand(path.read_text(encoding="utf-8")))
        and offences != NAIVE.get(path.name)
    }
    assert found == {}
    assert fences.days_by_hand("row.created_at.date()") == ["row.created_at.date()"]


def test_no_form_takes_a_day_of_any_year() -> None:
    found = [
        path.name
        for path in sorted((ROOT / "src").rglob("*.py"))
        if fences.days_of_any_year(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert fences.days_of_any_year("day = forms.DateField()") != []


def test_no_page_tells_the_same_errors_twice() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.html")}
    assert {name for name, page in pages.items() if fences.summaries_twice(page)} == set()
    assert fences.summaries_twice("{% error_summary form %}{{ form }}") == ["form"]
    assert fences.summaries_twice("{% error_summary form %}{% field form.day %}") == []


def test_every_form_tells_its_errors_itself() -> None:
    found = [
        path.name
        for path in sorted((ROOT / "src").rglob("*.html"))
        # Passkeys are asked by a script; there is nothing to fill in.
        if "webauthn" not in path.parts and fences.forms_with_bubbles(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert fences.forms_with_bubbles('<form method="post">{{ form }}</form>') != []
    assert fences.forms_with_bubbles('<form method="post" novalidate>{{ form }}</form>') == []


def test_no_test_holds_the_day_of_its_import() -> None:
    found = {
        path.name: offences
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (offences := fences.days_of_import(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    assert fences.days_of_import("TODAY = clock.real_today()") != []


def test_no_case_of_a_test_is_named_by_chance() -> None:
    found = {
        path.name: offences
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if (offences := fences.cases_by_chance(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    drawn = "KEY = uuid4()\n@pytest.mark.parametrize('key', [f'/{KEY}/'])\ndef test(key): ..."
    assert len(fences.cases_by_chance(drawn)) == 1
    assert fences.cases_by_chance(drawn.replace("uuid4()", "'a'")) == []
    assert len(fences.cases_by_chance(drawn.replace("{KEY}", "{uuid4()}"))) == 1
    assert len(fences.cases_by_chance(drawn.replace("f'/{KEY}/'", "str(KEY)"))) == 1


def test_files_and_functions_over_budget_are_found(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 401, encoding="utf-8")
    (tmp_path / "wide.py").write_text("def f():\n" + "    x = 1\n" * 41, encoding="utf-8")
    assert len(budget.check(tmp_path / "long.py", root=tmp_path)) == 1
    assert len(budget.check(tmp_path / "wide.py", root=tmp_path)) == 1


@pytest.mark.parametrize(
    ("module", "offence"),
    [
        ("src/lueckenlos/core/offence.py", "from lueckenlos.commons.places import selectors"),
        ("src/lueckenlos/kernels/offence.py", "import django.db"),
        ("src/lueckenlos/commons/places/offence.py", "from lueckenlos.commons.directory import selectors"),
        ("src/lueckenlos/offers/finder/offence.py", "from lueckenlos.commons.places import models"),
    ],
)
def test_an_import_across_a_fence_is_found(module: str, offence: str, tmp_path: Path) -> None:
    copy = tmp_path / "house"
    subprocess.run(["cp", "-r", str(ROOT / "src"), str(copy)], check=True)
    (copy / Path(module).relative_to("src")).write_text(f'"""Offence."""\n\n{offence}\n', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", str(tmp_path / "pyproject.toml")],
        cwd=copy, env={"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
