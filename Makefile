# The two commands: `make demo` and `make test`. Each sets up everything it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lock clean

demo: .venv/installed
	$(BIN)/sayso demo

test: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --ignore tests/web/browser
	$(BIN)/pytest tests/web/browser

.venv/installed: requirements/runtime.txt requirements/build.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-for-tests: .venv/installed requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

# Renew the pinned sets after a change of the dependencies in pyproject.toml (needs uv).
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
	--custom-compile-command "make lock"
lock:
	$(COMPILE) --upgrade --output-file requirements/runtime.txt
	$(COMPILE) --group test --constraint requirements/runtime.txt --output-file requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" \
		--group build --output-file requirements/build.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
