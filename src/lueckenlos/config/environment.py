"""The environment's variables, read once, each wrong value answered by one sentence that names it."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class EnvironmentMistake(Exception):
    """A variable of the environment cannot be used; the message is for the person who starts the house."""

    def __init__(self, variable: str, value: str, advice: str) -> None:
        self.variable = variable
        super().__init__(f"{variable} = „{value}“ geht nicht: {advice}")


@dataclass(frozen=True)
class Environment:
    """Everything that the outside decides; see docs/how-to/configure.md."""

    home: Path
    database_url: str | None
    migrate_database_url: str | None
    maintenance_url: str | None
    base_url: str
    host: str
    port: int
    email_url: str | None
    map_style_url: str | None
    database_port: int | None
    demo: bool
    tests: bool
    oidc: dict[str, str]
    second_factor: str
    document_scanner: str
    sms_url: str | None
    sms_token: str
    archive_folder: Path | None


def read_environment(variables: dict[str, str] | None = None) -> Environment:
    """Read and check all variables; unset ones take the documented defaults."""
    given = dict(os.environ) if variables is None else variables
    host = given.get("LUECKENLOS_HOST", "127.0.0.1")
    port = _port({"LUECKENLOS_PORT": "8000", **given}, "LUECKENLOS_PORT")
    return Environment(
        home=Path(given.get("LUECKENLOS_HOME", "var")).absolute(),
        database_url=_database(given, "DATABASE_URL"),
        migrate_database_url=_database(given, "MIGRATE_DATABASE_URL"),
        maintenance_url=_database(given, "LUECKENLOS_MAINTENANCE_URL"),
        base_url=_web(given, "LUECKENLOS_BASE_URL") or f"http://{_shown(host)}:{port}",
        host=host,
        port=port,
        email_url=_mail(given),
        map_style_url=_web(given, "LUECKENLOS_MAP_STYLE_URL"),
        database_port=_port(given, "LUECKENLOS_DB_PORT") if given.get("LUECKENLOS_DB_PORT") else None,
        demo=given.get("LUECKENLOS_DEMO", "") == "1",
        tests=given.get("LUECKENLOS_TESTS", "") == "1",
        oidc=_identity_provider(given),
        second_factor=_second_factor(given),
        document_scanner=given.get("LUECKENLOS_DOCUMENT_SCANNER", ""),
        sms_url=_web(given, "LUECKENLOS_SMS_URL"),
        sms_token=given.get("LUECKENLOS_SMS_TOKEN", ""),
        archive_folder=_folder(given, "LUECKENLOS_ARCHIVE_FOLDER"),
    )


def secret(home: Path, name: str) -> str:
    """A generated secret of this home, made on first use, readable by its owner alone."""
    value = os.environ.get(f"LUECKENLOS_{name}")
    if value:
        return value
    given_file = os.environ.get(f"LUECKENLOS_{name}_FILE")
    if given_file:
        return _secret_from(Path(given_file), variable=f"LUECKENLOS_{name}_FILE")
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name.lower()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _secret_from(path: Path, *, variable: str) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EnvironmentMistake(variable, str(path), "Die Datei lässt sich nicht lesen.") from error
    if len(value) < 32:
        raise EnvironmentMistake(variable, str(path), "Das Geheimnis muss mindestens 32 Zeichen haben.")
    return value


def _shown(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0"} else host  # noqa: S104 – compared, not bound


def _port(given: dict[str, str], variable: str) -> int:
    value = given[variable]
    if not re.fullmatch(r"\d{1,5}", value) or not 0 < int(value) < 65536:
        raise EnvironmentMistake(variable, value, "Bitte eine Zahl von 1 bis 65535 angeben.")
    return int(value)


def _database(given: dict[str, str], variable: str) -> str | None:
    value = given.get(variable) or None
    if value is not None and urlsplit(value).scheme not in {"postgresql", "postgres"}:
        shown = value.split("@")[-1]
        raise EnvironmentMistake(variable, shown, "Die Adresse muss mit postgresql:// beginnen.")
    return value


def _web(given: dict[str, str], variable: str) -> str | None:
    value = (given.get(variable) or "").rstrip("/") or None
    if value is not None and urlsplit(value).scheme not in {"http", "https"}:
        raise EnvironmentMistake(variable, value, "Die Adresse muss mit https:// oder http:// beginnen.")
    return value


def _folder(given: dict[str, str], variable: str) -> Path | None:
    value = given.get(variable) or None
    if value is not None and not Path(value).is_absolute():
        raise EnvironmentMistake(variable, value, "Bitte den ganzen Pfad angeben, er beginnt mit /.")
    return None if value is None else Path(value)


def _mail(given: dict[str, str]) -> str | None:
    value = given.get("LUECKENLOS_EMAIL_URL") or None
    if value is not None and urlsplit(value).scheme not in {"smtp", "smtps", "smtp+tls", "file"}:
        raise EnvironmentMistake(
            "LUECKENLOS_EMAIL_URL",
            value.split("@")[-1],
            "Die Adresse muss mit smtp://, smtp+tls://, smtps:// oder file:// beginnen.",
        )
    return value


OIDC = "LUECKENLOS_OIDC_"
OIDC_NEEDED = (f"{OIDC}SERVER_URL", f"{OIDC}CLIENT_ID", f"{OIDC}CLIENT_SECRET")
OIDC_KNOWN = {*OIDC_NEEDED, f"{OIDC}ID", f"{OIDC}NAME"}


def _identity_provider(given: dict[str, str]) -> dict[str, str]:
    found = {name: value for name, value in given.items() if name.startswith(OIDC) and value}
    for name in sorted(found.keys() - OIDC_KNOWN):
        raise EnvironmentMistake(name, found[name], f"Es gibt nur {', '.join(sorted(OIDC_KNOWN))}.")
    for name in OIDC_NEEDED:
        if found and name not in found:
            raise EnvironmentMistake(
                name, "", "Für die Anmeldung mit OpenID Connect wird dieser Wert gebraucht."
            )
    if found:
        _web(found, f"{OIDC}SERVER_URL")
        if not re.fullmatch(r"[a-z0-9-]{1,40}", found.get(f"{OIDC}ID", "haus")):
            raise EnvironmentMistake(
                f"{OIDC}ID", found[f"{OIDC}ID"], "Erlaubt sind kleine Buchstaben, Ziffern und Bindestriche."
            )
    return found


def _second_factor(given: dict[str, str]) -> str:
    value = given.get("LUECKENLOS_SECOND_FACTOR") or "required"
    if value not in {"required", "offered"}:
        raise EnvironmentMistake("LUECKENLOS_SECOND_FACTOR", value, "Erlaubt sind required und offered.")
    return value
