"""What can go wrong with the embedded database, as data with a sentence for the person who started it."""

from pathlib import Path

from lueckenlos.core.failure import StatedFailure


class EmbeddedError(StatedFailure):
    """A reason why the embedded database does not run; its text goes to the command line as it is."""


class BinariesMissing(EmbeddedError):
    """The wheel that carries PostgreSQL is not installed or lacks this version."""

    def __init__(self, version: int, *, supported: tuple[int, ...]) -> None:
        self.version = version
        self.supported = supported
        known = " und ".join(str(number) for number in supported)
        super().__init__(
            f"PostgreSQL {version} liegt dieser Installation nicht bei (möglich: {known}). "
            "Bitte führen Sie „make install“ aus oder setzen Sie DATABASE_URL."
        )


class HomeNotAFolder(EmbeddedError):
    """The place given as home is a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} ist kein Ordner. Bitte geben Sie mit LUECKENLOS_HOME einen Ordner für die Daten an."
        )


class HomeNotWritable(EmbeddedError):
    """Nothing may be written where the data belongs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"In {path} darf dieses Konto nicht schreiben. Bitte ändern Sie die Rechte des Ordners, "
            "oder geben Sie mit LUECKENLOS_HOME einen anderen Ordner an."
        )


class FolderForeign(EmbeddedError):
    """The folder of the database holds something that is no database."""

    def __init__(self, folder: Path, *, example: str) -> None:
        self.folder = folder
        self.example = example
        super().__init__(
            f"Der Ordner {folder} enthält fremde Dateien (zum Beispiel „{example}“) und keine Datenbank. "
            "Bitte räumen Sie ihn leer, oder geben Sie mit LUECKENLOS_HOME einen anderen Ordner an."
        )


class FolderOfAnother(EmbeddedError):
    """The data belongs to another account of the machine."""

    def __init__(self, folder: Path, *, owner: str) -> None:
        self.folder = folder
        self.owner = owner
        super().__init__(
            f"Die Datenbank in {folder} gehört dem Konto „{owner}“. Bitte starten Sie lückenlos mit dem Konto, "
            "das sie angelegt hat, oder geben Sie mit LUECKENLOS_HOME einen anderen Ordner an."
        )


class FolderTaken(EmbeddedError):
    """Another living instance holds the data and cannot be reached from here."""

    def __init__(self, folder: Path, *, pid: int | None) -> None:
        self.folder = folder
        self.pid = pid
        who = "ein anderer Vorgang" if pid is None else f"ein anderer Vorgang (Nummer {pid})"
        super().__init__(
            f"Die Datenbank in {folder} hält {who}, der nicht antwortet. Bitte beenden Sie ihn, "
            "oder geben Sie mit LUECKENLOS_HOME einen anderen Ordner an."
        )


class FolderUnreachable(EmbeddedError):
    """PostgreSQL never runs as root, and the other account cannot get to the data or the programs."""

    def __init__(self, path: Path, *, account: str) -> None:
        self.path = path
        self.account = account
        super().__init__(
            f"PostgreSQL läuft nie als root, und das Konto „{account}“ kommt nicht bis {path}. Bitte starten Sie "
            "lückenlos mit einem gewöhnlichen Konto, oder legen Sie Programm und Daten (LUECKENLOS_HOME) in einen "
            "Ordner, dessen übergeordnete Ordner alle betreten dürfen."
        )


class PortTaken(EmbeddedError):
    """The port that was set for the database is in use."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(
            f"Der Port {port} ist schon belegt. Bitte setzen Sie LUECKENLOS_DB_PORT auf einen freien Port, "
            "oder lassen Sie die Angabe weg."
        )


class DiskFull(EmbeddedError):
    """There is no room left for the data."""

    def __init__(self, folder: Path, *, free_bytes: int) -> None:
        self.folder = folder
        self.free_bytes = free_bytes
        super().__init__(
            f"Auf dem Datenträger von {folder} ist kein Platz mehr ({free_bytes // 1_000_000} MB frei, oder das "
            "Kontingent ist erschöpft). Bitte schaffen Sie Platz und starten Sie dann neu; gespeicherte Daten "
            "bleiben erhalten."
        )


class NewerData(EmbeddedError):
    """The data was written by a PostgreSQL that is newer than ours."""

    def __init__(self, folder: Path, *, found: int, newest: int) -> None:
        self.folder = folder
        self.found = found
        self.newest = newest
        super().__init__(
            f"Die Daten in {folder} stammen von PostgreSQL {found}; diese Version von lückenlos bringt höchstens "
            f"{newest} mit. Bitte installieren Sie die neuere Version von lückenlos, mit der die Daten zuletzt "
            "liefen. Die Daten wurden nicht verändert."
        )


class OtherVersion(EmbeddedError):
    """A version was asked for, and the data is of another."""

    def __init__(self, folder: Path, *, found: int, wanted: int) -> None:
        self.folder = folder
        self.found = found
        self.wanted = wanted
        super().__init__(
            f"Die Daten in {folder} stammen von PostgreSQL {found}, verlangt ist {wanted}. Ohne die Angabe startet "
            "die passende Version. Wie die Daten zu einer anderen umziehen, steht in docs/operations.md."
        )


class UnreadableData(EmbeddedError):
    """The folder names no version of PostgreSQL that can be read."""

    def __init__(self, folder: Path, *, text: str) -> None:
        self.folder = folder
        self.text = text
        super().__init__(
            f"Die Datei PG_VERSION in {folder} nennt keine Version von PostgreSQL („{text}“). "
            "Bitte stellen Sie die Daten aus der Sicherung wieder her."
        )


class SecretsMissing(EmbeddedError):
    """The data is there, but its passwords are gone or are others."""

    def __init__(self, folder: Path, *, secrets: Path) -> None:
        self.folder = folder
        self.secrets = secrets
        super().__init__(
            f"Die Datenbank in {folder} nimmt die Kennwörter aus {secrets} nicht an, oder sie fehlen dort. "
            "Bitte stellen Sie diesen Ordner aus der Sicherung wieder her."
        )


class StartFailed(EmbeddedError):
    """PostgreSQL gave up for a reason that has no sentence of its own."""

    def __init__(self, log: Path, *, last_lines: str) -> None:
        self.log = log
        self.last_lines = last_lines
        super().__init__(f"Die Datenbank startet nicht. PostgreSQL meldet (aus {log}):\n{last_lines}")


class StopFailed(EmbeddedError):
    """The server did not end in time, not even when told to at once."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        super().__init__(
            f"Die Datenbank (Vorgang {pid}) lässt sich nicht beenden. Bitte beenden Sie den Vorgang."
        )


class NotRunning(EmbeddedError):
    """Nobody runs the database of this home at present."""

    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(f"Die Datenbank in {home} läuft nicht. Starten Sie sie mit „lueckenlos serve“.")
