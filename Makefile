# `make decks` builds every bank into decks/; `make test` runs all that decides whether a change lands.
# Both set up what they need in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: decks check test lint format docs bench clean

decks: .venv/ready
	$(BIN)/mcqdeck build

check: .venv/ready
	$(BIN)/mcqdeck check

test: lint
	$(BIN)/python -m pytest -q -n auto

lint: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/ready-dev
	$(BIN)/python docs/diagnostics.py

bench: .venv/ready-dev
	$(BIN)/python benchmarks/build.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mcqdeck needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
