# make run   serve the application on http://127.0.0.1:8050
# make test  run every test, WORKERS of them at once
# make lint  format, rules of style, imports, types and dead code
# make backup  keep a copy of the record in var/backups;  make restore FILE=... puts one back
# make bench measure the browser against the plain ways
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# each has a browser, servers and a PostgreSQL of its own: some 2 GB of memory
WORKERS ?= 2
# else each of the many servers and commands that tests start would compile every module anew
unexport PYTHONDONTWRITEBYTECODE

# the type checker of the browser's modules; it needs no other package
TYPESCRIPT := typescript@5.9.3
TSC := $(VENV)/js/node_modules/typescript/bin/tsc

.PHONY: run test bench lint backup restore clean

run: $(VENV)/.run-ready
	$(BIN)/python -m dashboard

test: $(VENV)/.test-ready lint
	@sh tests/browser/need-chromium.sh
	@sh tests/record/need-postgres.sh
	@sh tests/server/access/need-redis.sh
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

lint: $(VENV)/.test-ready $(TSC)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/vulture
	$(BIN)/node $(TSC) -p tests/js
	$(BIN)/node $(TSC) -p tests/js/tsconfig.model.json

bench: $(VENV)/.test-ready
	@sh tests/browser/need-chromium.sh chromium
	$(BIN)/python -m tests.benchmarks

backup: $(VENV)/.run-ready
	$(BIN)/python -m dashboard.records backup

restore: $(VENV)/.run-ready
	$(BIN)/python -m dashboard.records restore $(FILE) --yes

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(TSC): Makefile | $(VENV)/.test-ready
	$(BIN)/npm install --silent --no-save --no-audit --no-fund --prefix $(VENV)/js $(TYPESCRIPT)
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info
