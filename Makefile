# Everything here sets up what it needs by itself: Python 3.11 or newer, pip and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench lock browser clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.run  ## local Telegram + bot + demo data on a page; ARGS=--script plays it here
	$(BIN)/python -m bot demo $(ARGS)

test: $(VENV)/.dev  ## the whole suite with the coverage floor; ARGS="-k words" for a part of it
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered $(ARGS)

lint: $(VENV)/.dev  ## format, lint, types, floors, texts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m handlers.ui.catalogues

format: $(VENV)/.dev  ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## measurements, with the machine they were made on
	$(BIN)/python -m tests.benchmarks $(ARGS)

lock: $(VENV)/.dev  ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) -o requirements-dev.lock

# Extras stay in the names: without them pip looks past the pin for what asks for the extra, and refuses.
LOCK := --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -q

clean:  ## throw away what was set up
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# --without-pip and pip --python: a system Python without ensurepip is enough.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock
	@echo "Setting up .venv (about a minute)…"
	$(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements-dev.lock
	@echo "Setting up .venv (about a minute)…"
	$(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run
