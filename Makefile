# `make demo` shows the product, `make test` tests it; each makes what it needs. `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml

.PHONY: help demo test check bench corpus fuzz oracle pictures letters fortnight lock wheel wheel-check servers format clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.runtime ## The whole product, a support week on a fast clock (ARGS=--once runs it unattended)
	@$(BIN)/python -m autoack demo $(ARGS)

# All of them: side by side, each process with servers of its own.
test: $(VENV)/.dev servers ## All tests, against real servers (ARGS='tests/core -x' for some)
	@$(BIN)/python -m pytest $(or $(ARGS),-n auto --maxprocesses 4 --dist worksteal)

check: $(VENV)/.dev ## Style, types, imports, lock and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory lock-check migrations-check

bench: $(VENV)/.dev servers ## Mails a second, beside a bare loop in the same run
	@$(BIN)/python -m tests.bench $(ARGS)

corpus: $(VENV)/.dev ## How labelled mails are judged (CORPUS=DIR with a manifest.tsv): tables, misses, bounds
	@$(BIN)/python -m tests.corpus "$(CORPUS)"

fuzz: $(VENV)/.fuzz ## Ten minutes of fuzzing the path of a mail (ARGS='--seconds 60'); keeps what it finds for the tests
	@$(BIN)/python -m tests.fuzz $(ARGS)

oracle: $(VENV)/.dev ## Opening hours counted minute by minute on 10,000 random calendars (some five minutes)
	@AUTOACK_ORACLE=10000 $(BIN)/python -m pytest -q tests/core/test_opening_hours_oracle.py $(ARGS)

pictures: $(VENV)/.runtime ## The pictures of the README, of what the demo sent (needs Debian's chromium)
	@bash docs/pictures/take.sh $(BIN)/python

letters: $(VENV)/.dev ## Every letter in every language and situation as text and pictures in docs/letters, docs/digest (needs chromium)
	@$(BIN)/python -m tests.sheets docs/letters
	@$(BIN)/python -m tests.sheets.digests docs/digest

fortnight: $(VENV)/.dev servers ## Write tests/story/fortnight.txt anew; look at every line that changes
	@AUTOACK_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q -k sqlite tests/story/test_fortnight.py
	@git diff --stat -- tests/story/fortnight.txt

format: $(VENV)/.dev ## Let ruff lay out the code and mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Write the lock files anew, with the newest versions that pyproject.toml allows
	PATH="$(abspath $(BIN)):$$PATH" $(LOCK) --upgrade --extra channels --extra postgresql -o requirements.lock
	PATH="$(abspath $(BIN)):$$PATH" $(LOCK) --upgrade --extra channels --extra postgresql --extra spelling --group dev -o requirements-dev.lock
	PATH="$(abspath $(BIN)):$$PATH" $(LOCK:pyproject.toml=) --upgrade --group fuzz -o requirements-fuzz.lock

# The locks are right if pyproject.toml, resolved with their pins, gives the same versions again. Hashes are not
# compared: a release gains files after the fact.
.PHONY: lock-check migrations-check
lock-check: $(VENV)/.dev
	@tmp=$$(mktemp -d) && trap 'rm -r "$$tmp"' EXIT && cp requirements.lock requirements-dev.lock "$$tmp" && \
	export PATH="$(abspath $(BIN)):$$PATH" && \
	$(LOCK) --extra channels --extra postgresql -o "$$tmp/requirements.lock" >/dev/null && \
	$(LOCK) --extra channels --extra postgresql --extra spelling --group dev -o "$$tmp/requirements-dev.lock" >/dev/null && \
	for file in requirements.lock requirements-dev.lock; do \
	  diff <(grep -o '^[^ ]*==[^ ]*' $$file) <(grep -o '^[^ ]*==[^ ]*' "$$tmp/$$file") || \
	    { echo "$$file does not fit pyproject.toml: run make lock" >&2; exit 1; }; \
	done && echo "locks: in step with pyproject.toml"

migrations-check: $(VENV)/.dev
	@tmp=$$(mktemp -d) && trap 'rm -r "$$tmp"' EXIT && url="sqlite:///$$tmp/check.db" && \
	$(BIN)/python -m autoack db upgrade --url "$$url" && $(BIN)/python -m autoack db check --url "$$url"

wheel: $(VENV)/.dev ## Build the wheel into dist/
	@rm -rf dist && $(BIN)/python -m build --wheel --no-isolation --outdir dist . >/dev/null && ls dist/*.whl

wheel-check: wheel ## The wheel in an empty environment, outside the checkout, does its work
	@tmp=$$(mktemp -d) && trap 'rm -r "$$tmp"' EXIT && wheel=$$(realpath dist/*.whl) && locked=$$(realpath requirements.lock) && \
	$(PYTHON) -m venv "$$tmp/venv" && "$$tmp/venv/bin/pip" install --quiet --require-hashes -r "$$locked" && \
	"$$tmp/venv/bin/pip" install --quiet --no-deps "$$wheel" && cd "$$tmp" && \
	venv/bin/autoack demo --once --out "$$tmp/mails" && \
	venv/bin/autoack db upgrade --url "sqlite:///$$tmp/autoack.db"

servers:
	@bash tests/servers/install.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: set PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null; } || \
	  { echo "Python's venv is missing: install Debian's python3-venv (apt-get install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "installing what requirements.lock names into $(VENV)" && \
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what requirements-dev.lock names into $(VENV)" && \
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . && \
	touch $@ $(VENV)/.runtime

$(VENV)/.fuzz: requirements-fuzz.lock $(VENV)/.dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock && touch $@

clean: ## Remove what was made here
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
