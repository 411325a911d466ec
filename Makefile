# Two commands for a newcomer: make demo, make test. Everything else: make help.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH :=
# Some machines forbid Python to keep its bytecode: every process would compile all libraries anew (10 s, not 2).
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo serve test check bench bench-peers wall pictures lock clean

help: ## Zeigt diese Liste
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Umgebung und Oberflächen-Dateien
	@$(PYTHON) tools/install.py

demo: install ## Demo-Kreis mit allem starten (Daten bleiben erhalten)
	@$(BIN)/lueckenlos demo

serve: install ## Ohne Demodaten starten
	@$(BIN)/lueckenlos serve

check: install ## Stil, Typen, Schichten, Vorlagen
	@$(BIN)/python tools/check.py

test: install ## Alles, was auch die CI prüft
	@$(BIN)/python tools/check.py
	@LUECKENLOS_TESTS=1 $(BIN)/python -m pytest -n 2 --dist worksteal

bench: install ## Messungen mit Verhältniszahlen, schreibt docs/benchmarks.md
	@$(BIN)/python -m benchmarks.run

bench-peers: install ## Anmeldungen und Seiten neben pretix (PRETIX_PYTHON), bloßem Django und Datasette (DATASETTE_PYTHON), schreibt nichts
	@$(BIN)/python -m benchmarks.peers.run
	@$(BIN)/python -m benchmarks.peers.search

wall: install ## Vergleicht je eine Million Zeilen auf PostgreSQL 18 und 16 mit dem Modell der Einwilligung
	@LUECKENLOS_TESTS=1 $(BIN)/python -m tests.wall.run

pictures: install ## Bilder für README und Handbuch
	@$(BIN)/python -m tools.pictures

lock: install ## Abhängigkeiten neu festschreiben
	@$(BIN)/python tools/lock.py
