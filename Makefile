# `make decks` builds every bank into decks/; `make test` runs all that decides whether a change lands.
# Both set up what they need: in .venv, and for the tests a browser.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: decks decks-check check preview site test coverage test-lowest test-installed dist lint format accept docs pages bench clean

decks: .venv/ready
	$(BIN)/mcqdeck build

# Is decks/ what the sources give?
decks-check: .venv/ready
	$(BIN)/mcqdeck build --check

check: .venv/ready
	$(BIN)/mcqdeck check

# The cards in a browser, again at every save.
preview: .venv/ready-preview
	$(BIN)/mcqdeck preview

# The practice site of the shipped bank: open site/index.html.
site: .venv/ready
	$(BIN)/mcqdeck site source/12-core-functions

test: lint decks-check .venv-anki-25/ready tests/node_modules/ready
	$(BIN)/python -m compileall -q generator tests
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -q -n auto
	@echo "The same on Anki 25.9.2:"
	.venv-anki-25/bin/python -m pytest -q -n auto -p no:cacheprovider tests/anki

# What is tried with Node: where there is none, it is left out, and where CI is set, that is a failure.
tests/node_modules/ready: tests/package.json
	@if npm install --prefix tests --no-package-lock --no-audit --no-fund --loglevel=error; then touch $@; \
	  else echo "npm could not install tests/package.json: what needs Node is not tested" >&2; test -z "$$CI"; fi

# How much of the code the tests run, by file; build/coverage/index.html shows each line.
coverage: .venv/ready-dev
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term --cov-report=html:build/coverage

# The tests with the lowest version that pyproject.toml allows of each dependency.
test-lowest: .venv-lowest/ready
	.venv-lowest/bin/python -m pytest -q -n auto -p no:cacheprovider

# The wheel, installed by pip, pipx and uv, each into nothing.
test-installed: .venv/ready-dev
	$(BIN)/python -m tests.installed

dist: .venv/ready-dev
	rm -rf dist
	$(BIN)/python -m hatchling build

lint: .venv/ready-dev tests/node_modules/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mcqdeck fmt --check
	@if [ -e tests/node_modules/ready ]; then tests/node_modules/.bin/tsc -p tests/site; fi
	$(BIN)/pre-commit validate-config
	$(BIN)/pre-commit validate-manifest
	$(BIN)/zizmor --offline --no-progress -q .
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.citation-file-format CITATION.cff

format: .venv/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mcqdeck fmt

# The oldest Anki that is supported, beside the newest in .venv.
.venv-anki-25/ready: .venv/bin/python pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-anki-25
	grep -v '^anki==' constraints.txt >.venv-anki-25/constraints.txt
	.venv-anki-25/bin/python -m pip install -q --disable-pip-version-check \
	  -c .venv-anki-25/constraints.txt -e . anki==25.9.2 pytest pytest-xdist hypothesis
	@touch $@

.venv-lowest/ready: .venv/ready-dev pyproject.toml constraints.txt tests/lowest.py
	$(PYTHON) -m venv .venv-lowest
	$(BIN)/python -m tests.lowest >.venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install -q --disable-pip-version-check \
	  -c .venv-lowest/constraints.txt pip
	.venv-lowest/bin/python -m pip install -q --disable-pip-version-check \
	  -c .venv-lowest/constraints.txt -e '.[exchange,preview,verify]' --group test
	@touch $@

# Rewrites the golden files of the tests and the generated docs: read the diff.
accept: .venv/ready-dev
	$(BIN)/python -m tests.accept

# The pages that come from the code, and all of them as a site in build/docs.
docs: .venv/ready-dev
	$(BIN)/python docs/generate.py
	$(BIN)/sphinx-build -W --keep-going -q -E -b dirhtml docs build/docs

# What the web shows: the docs, and below practice/ the site of the banks.
pages: docs
	rm -rf build/pages
	cp -R build/docs build/pages
	$(BIN)/mcqdeck site -o build/pages/practice

bench: .venv/ready-dev
	$(BIN)/python benchmarks/build.py

clean:
	rm -rf build dist .coverage .venv .venv-anki-25 .venv-lowest tests/node_modules \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mcqdeck needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/ready-preview: .venv/ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[preview]'
	@touch $@

# Groups of dependencies are read by pip from 25.1 on; that of a new environment may be older.
.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt pip
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt \
	  -e '.[exchange,preview,verify]' --group dev
	@touch $@
