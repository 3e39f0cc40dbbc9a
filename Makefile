# make setup | demo | test | test-real | check | fix | bench | score | pictures | wheel | browser
PY ?= python3
BIN := .venv/bin
# Compiled modules are kept, out of the way: each command that a test starts would compile all of them.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

.PHONY: help setup demo test test-real check fix bench score same pictures wheel browser

help: ## show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

.venv/.ok: pyproject.toml requirements.lock
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PY=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv (about a minute the first time) …"
	@$(PY) -m venv .venv 2>/dev/null || { rm -rf .venv; $(PY) -m venv --without-pip .venv \
	  && $(PY) -m pip --python .venv/bin/python install -q pip; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: .venv/.ok ## make the environment in .venv from the locked list

demo: .venv/.ok ## audit eight invented companies on this machine and write a workbook
	@$(BIN)/audit demo --output demo/demo.xlsx

test: .venv/.ok ## run all tests but those on a PostgreSQL server or a cluster (K=word picks some)
	@$(BIN)/python -m pytest -q -m "not postgres and not cluster" $(if $(K),-k "$(K)",-n 4 --dist worksteal)

test-real: .venv/.ok ## audit real software on this machine and compare (SITE=hugo picks one)
	@$(BIN)/python -m tests.real $(SITE)

check: .venv/.ok ## what CI runs: format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fix: .venv/.ok ## format and mend what can be mended
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format .

bench: .venv/.ok ## measure speed as ratios (docs/performance.md)
	@$(BIN)/python -m tests.benchmarks

score: .venv/.ok ## score against the labelled corpus beside the checkout
	@$(BIN)/python -m tests.score --misses

same: .venv/.ok ## compare results with an earlier commit, cell for cell (BASE=origin/main PART=demo)
	@$(BIN)/python -m tests.same $(if $(BASE),--base $(BASE)) $(if $(PART),--part $(PART))

pictures: .venv/.ok ## draw the pictures of the docs from demo/demo.xlsx (LibreOffice, poppler-utils)
	@test -f demo/demo.xlsx || $(MAKE) --no-print-directory demo
	@sh tests/pictures.sh

browser: ## install a Chromium for pages that need one (Debian, Ubuntu)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium; }

wheel: .venv/.ok ## build the wheel, install it elsewhere, test that
	@sh tests/wheel.sh
