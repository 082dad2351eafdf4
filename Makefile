# Everything one does with Porchlight from a checkout. `make` alone lists it.
#
# A fresh Debian 12 needs: apt install python3 python3-venv git make

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed
ARGS ?=
FORMAT ?= table
CODE := bot commands adapters tests $(if $(wildcard benchmarks/*.py),benchmarks)

.PHONY: help
help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

.PHONY: install
install: $(DONE) ## install into .venv what requirements.lock pins (done by the others where needed)

# What is missing is named with the line that installs it, before anything is tried.
$(DONE): requirements.lock pyproject.toml
	@miss=""; \
	command -v git >/dev/null || miss="$$miss git"; \
	command -v $(PYTHON) >/dev/null || miss="$$miss python3 python3-venv"; \
	if command -v $(PYTHON) >/dev/null; then \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Porchlight needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
	    echo "If a newer one is installed, name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }; \
	  $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || miss="$$miss python3-venv"; \
	fi; \
	if [ -n "$$miss" ]; then echo "Something is missing here. This line installs it:"; \
	  echo "    sudo apt install$$miss"; exit 1; fi
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(DONE)

.PHONY: try
try: $(DONE) ## open the playground in the browser: a made-up community, no account anywhere
	@$(BIN)/porchlight try $(ARGS)

.PHONY: test
test: $(DONE) synapse ## run every test that is not a soak, and record which promises are kept
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak" -p pytest_cov --cov --cov-report=term --cov-fail-under=100 $(ARGS)

.PHONY: check
check: $(DONE) ## look at format, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports

.PHONY: format
format: $(DONE) ## put the code into its format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: soak
soak: $(DONE) ## run what takes long: soak tests, and every planted breach, each of which must turn its test red
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m soak $(ARGS) || test $$? -eq 5
	@$(BIN)/python -m tests.breaches.run

# Used by the tests of the page alone, so it is not kept here.
.PHONY: axe
axe: ## fetch axe-core, with which tests look at the page's accessibility (needs npm)
	@test -f node_modules/axe-core/axe.min.js || npm install --silent --no-save --no-audit --no-fund --no-package-lock axe-core@4

# Used by the tests of the Matrix adapter alone, in an environment of its own: its dependencies are not ours.
SYNAPSE := 1.163.2

.PHONY: synapse
synapse: ## install the homeserver Synapse into .synapse, against which the Matrix adapter is tested
	@test "$$(cat .synapse/.installed 2>/dev/null)" = "$(SYNAPSE)" || { \
	  echo "Setting up .synapse (once, about a minute) ..."; \
	  test -x .synapse/bin/python || $(PYTHON) -m venv .synapse; \
	  .synapse/bin/python -m pip install --quiet --disable-pip-version-check "matrix-synapse==$(SYNAPSE)"; \
	  echo "$(SYNAPSE)" > .synapse/.installed; }

# In a folder of its own: npm takes away what else it finds beside what it installs.
.PHONY: second
second: ## fetch discord.js, the second client with which the stand-in for Discord is tried (needs npm)
	@test -d .second/node_modules/discord.js || \
	  npm install --silent --no-save --no-audit --no-fund --no-package-lock --prefix .second discord.js@14

# The library and the Node that it needs: the one of the system may be older.
.PHONY: strict
strict: ## fetch matrix-js-sdk, the strict client that judges the bot on Matrix (needs npm)
	@test -d .strict/node_modules/matrix-js-sdk -a -x .strict/node_modules/.bin/node || \
	  npm install --silent --no-save --no-audit --no-fund --no-package-lock --prefix .strict matrix-js-sdk@43 node@22

.PHONY: bench
bench: $(DONE) ## measure, beside the same work without us; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

.PHONY: promises
promises: $(DONE) ## print which promises are kept, by the last full test run (FORMAT=json for machines)
	@$(BIN)/python -m tests.promises --format $(FORMAT)

# Which index is asked is a matter of the machine (UV_DEFAULT_INDEX); the file names none.
.PHONY: lock
lock: $(DONE) ## pin every dependency with its hashes, for every platform, into requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock $(ARGS)
