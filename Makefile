# ex99: every target sets up what it needs by itself. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CORPUS ?= $(or $(EX99_CORPUS),../shared)

.DEFAULT_GOAL := help
.PHONY: pin-version help setup demo test lint format fuzz accuracy accuracy-made corpus bench reliability compare audit wheel lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv with the locked dependencies and ex99 itself

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("ex99 needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked dependencies into $(VENV) (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

ARCHIVE ?= demo-archive

demo: $(READY) ## crawl a fictitious company from a local replica, archive, parse, show its series
	@$(BIN)/ex99 demo --archive $(ARCHIVE)

test: $(READY) ## run the tests (no corpus needed)
	@$(BIN)/python -m pytest -n auto -q

lint: $(READY) ## ruff, mypy --strict, import-linter, complexity
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo 'not formatted: run `make format`'; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m benchmarks.complexity

corpus: $(READY) ## run the tests on real filings (EX99_CORPUS or CORPUS names the folder)
	@EX99_CORPUS=$(CORPUS) $(BIN)/python -m pytest -n auto -q -m corpus

MINUTES ?= 5

fuzz: $(READY) ## feed mutants to every reader for MINUTES=5; real exhibits are seeds where CORPUS has them
	@EX99_CORPUS=$(wildcard $(CORPUS)) $(BIN)/python -m tests.fuzzing --minutes $(MINUTES)

format: $(READY) ## ruff format, and ruff's own mends
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

pin-version: $(READY) ## write the digest of what the parser makes of the fixtures into its version (RAISE=1: count the version up, for a release)
	@$(BIN)/python -m tests.parsing.pin_version $(if $(RAISE),--raise)

accuracy: $(READY) ## parse the labelled sets of the corpus, print the score, fail below the pinned floors (ACCURACY="--set gold --metrics")
	@$(BIN)/python -m benchmarks.accuracy --corpus $(CORPUS) $(ACCURACY)

accuracy-made: $(READY) ## compose thousands of whole releases whose figures are known, parse them, score by what competes (MADE="--count 500")
	@$(BIN)/python -m benchmarks.made --corpus $(CORPUS) $(MADE)

bench: $(READY) ## parser, archive and crawl as ratios to floors of the same run (BENCH="--only crawl", BENCH=--large)
	@$(BIN)/python -m benchmarks --corpus $(CORPUS) $(BENCH)

BENCH_VENV := .venv-bench
BENCH_READY := $(BENCH_VENV)/.ready

$(BENCH_READY): requirements-bench.lock
	@test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	@echo "installing edgartools and sec-edgar-downloader into $(BENCH_VENV)"
	@$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $(BENCH_READY)

reliability: $(READY) ## run the tests behind each promise, and write what they measured into docs/reliability.md (minutes)
	@$(BIN)/python -m benchmarks.reliability

compare: $(READY) $(BENCH_READY) ## ex99 beside edgartools and sec-edgar-downloader, on labelled exhibits and a replica
	@$(BIN)/python -m benchmarks.side_by_side --corpus $(CORPUS)

AUDIT_VENV := .venv-audit
AUDIT_READY := $(AUDIT_VENV)/.ready

$(AUDIT_READY): requirements-audit.lock
	@test -x $(AUDIT_VENV)/bin/python || $(PYTHON) -m venv $(AUDIT_VENV)
	@$(AUDIT_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $(AUDIT_READY)

audit: $(AUDIT_READY) ## known vulnerabilities of the locked dependencies; says so where their database is out of reach
	@$(AUDIT_VENV)/bin/python .ci/audit.py $(AUDIT_VENV)/bin/pip-audit requirements.lock

wheel: $(READY) $(AUDIT_READY) ## the wheel in dist/, and beside it the bill of materials of what it is installed with (CycloneDX)
	@rm -rf dist build/bill && mkdir -p dist build/bill
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@sed -e 's/ *\\$$//' -e '/^ *--hash/d' requirements.lock > build/bill/constraints.txt
	@$(PYTHON) -m venv build/bill/venv
	@build/bill/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint build/bill/constraints.txt dist/*.whl
	@build/bill/venv/bin/python -m pip uninstall --quiet --yes --disable-pip-version-check setuptools pip
	@$(AUDIT_VENV)/bin/cyclonedx-py environment build/bill/venv/bin/python --pyproject pyproject.toml --mc-type application --output-reproducible \
		-o "$$(ls dist/*.whl | sed 's/\.whl$$//').cdx.json"
	@ls -l dist | awk 'NR > 1 {print $$NF}'

lock: $(READY) ## renew requirements.lock, requirements-bench.lock and requirements-audit.lock (needs uv on the PATH)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras --group dev pyproject.toml -o requirements.lock --upgrade
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header benchmarks/side_by_side/requirements.in -o requirements-bench.lock --upgrade
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-audit.in -o requirements-audit.lock --upgrade

clean: ## remove what the targets made
	@rm -rf $(VENV) $(BENCH_VENV) demo-archive .accuracy .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info build
