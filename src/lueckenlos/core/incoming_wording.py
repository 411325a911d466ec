"""Why a file is not taken, and what to do."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.incoming import UnfitFile

UNFIT: Final[dict[str, str | Promise]] = {
    "empty": _("Die Datei ist leer. Bitte wählen Sie eine andere."),
    "too_large": _(
        "Die Datei ist mit %(value)s zu groß, es passen 20 MB. Ein Foto lässt sich auf dem Telefon verkleinern."
    ),
    "unknown_kind": _(
        "„%(value)s“ ist kein PDF und kein Foto (JPEG, PNG). Bitte so speichern und noch einmal wählen."
    ),
    "unknown_file": _(
        "„%(value)s“ nehmen wir so nicht. Es gehen PDF, Fotos (JPEG, PNG) und Dateien aus Word, Excel, PowerPoint "
        "(docx, xlsx, pptx) oder OpenDocument (odt, ods, odp)."
    ),
    "program": _(
        "„%(value)s“ enthält ein Programm. Bitte drucken Sie die Datei neu als PDF und wählen Sie diese."
    ),
    "refused_by_scanner": _(
        "Die Prüfung auf Schadprogramme hat „%(value)s“ abgelehnt. Bitte fragen Sie, von wem die Datei kommt."
    ),
}


def unfit_file(error: UnfitFile) -> str:
    """The sentence for whoever chose the file."""
    return str(UNFIT[error.why]) % {"value": error.value}
