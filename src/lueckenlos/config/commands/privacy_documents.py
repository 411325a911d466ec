"""`lueckenlos privacy-documents`: the record of processing and the draft impact assessment, as PDF and HTML."""

import json
from pathlib import Path

import click

from lueckenlos.config.house import opened
from lueckenlos.config.oversight_parts import documents
from lueckenlos.config.processing import as_html, as_pdf
from lueckenlos.core import clock


@click.command("privacy-documents")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument ausgeben.")
def command(folder: Path, *, as_json: bool) -> None:
    """Schreibt Verzeichnis (Art. 30) und Entwurf der Folgenabschätzung (Art. 35) aus der laufenden Einrichtung."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with opened():
        now = clock.real_now()
        for document in documents(now):
            for ending, content in (("pdf", as_pdf(document, now)), ("html", as_html(document).encode())):
                path = folder / f"{document.key}.{ending}"
                path.write_bytes(content)
                written.append(str(path))
    click.echo(json.dumps({"files": written}, ensure_ascii=False) if as_json else "\n".join(written))
