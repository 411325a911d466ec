"""Open Referral in and out: HSDS 3.1, the British profile and the German one."""

from lueckenlos.commons.directory.exchange.deliveries import Delivery
from lueckenlos.commons.directory.exchange.exporting import ExportReport, export_folder
from lueckenlos.commons.directory.exchange.importing import ImportReport, Neighbour, import_delivery
from lueckenlos.commons.directory.exchange.sources import deliver

__all__ = [
    "Delivery",
    "ExportReport",
    "ImportReport",
    "Neighbour",
    "deliver",
    "export_folder",
    "import_delivery",
]
