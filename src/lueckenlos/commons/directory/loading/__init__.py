"""Loads the directory of a county's folder: phases, fields, kinds, organizations and services."""

from lueckenlos.commons.directory.loading.catalog import INTENSITIES, CatalogKeys, load_catalog, remove_unused
from lueckenlos.commons.directory.loading.services import load_services

__all__ = ["INTENSITIES", "CatalogKeys", "load_catalog", "load_services", "remove_unused"]
