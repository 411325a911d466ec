"""The record of processing (Art. 30) and the draft impact assessment (Art. 35), from the live configuration."""

from lueckenlos.config.processing.assessment import assessment
from lueckenlos.config.processing.facts import read_facts
from lueckenlos.config.processing.paper import as_html, as_pdf
from lueckenlos.config.processing.record import record_of_processing

__all__ = ["as_html", "as_pdf", "assessment", "read_facts", "record_of_processing"]
