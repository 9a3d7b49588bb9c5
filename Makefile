# Foyer: everything starts here. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RASA := .venv-rasa
TRIAL := .venv-wheel
SUPPLY := .venv-supply

.DEFAULT_GOAL := help
.PHONY: help install demo test test-fast coverage lint format rasa wheel sbom audit soak bench encoder

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(READY) ## Create .venv with everything, and train the classifier once

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Foyer needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Foyer needs into $(VENV) (the first time takes a minute) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/foyer train
	@touch $@

demo: $(READY) ## Chat with Foyer here: no token, no server, no settings
	@$(BIN)/foyer demo

test: $(READY) ## Run the tests (PostgreSQL's too where a server answers)
	@$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

test-fast: $(READY) ## Run the quick tests: no PostgreSQL, browser, process; no pages, no whole conversations
	@$(BIN)/python -m pytest -n $$(getconf _NPROCESSORS_ONLN) --dist loadscope -m "not (slow or browser or postgresql or soak)" \
	  $(addprefix --ignore=tests/,bot browser e2e handoff talks web)

coverage: $(READY) ## Run all tests, and show which branches of the four packages they miss
	@$(BIN)/foyer train  # here and not under the tracer, where it takes minutes
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n auto --dist loadscope --no-loadscope-reorder
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lint: $(READY) ## Check style, types, architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## Format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

rasa: $(RASA)/.ready ## Have Rasa Pro's own reader read every flow file (an environment of its own, 150 MB)
	@$(RASA)/bin/python -m benchmarks.rasa_reader

$(RASA)/.ready: benchmarks/rasa.lock
	@$(PYTHON) -m venv --clear $(RASA)
	@$(RASA)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/rasa.lock
	@touch $@

wheel: $(READY) ## Build the wheel, install it into an empty environment, and try it there
	@rm -rf dist && $(BIN)/python -m hatchling build --target wheel
	@$(PYTHON) -m venv --clear $(TRIAL)
	@$(TRIAL)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(TRIAL)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	@cd $(TRIAL) && bin/foyer --version && echo "How many people can I have?" | bin/foyer demo

sbom: $(SUPPLY)/.ready wheel ## List what that installation consists of, who needs what, and the licences (CycloneDX)
	@$(TRIAL)/bin/python -m pip uninstall --quiet --yes setuptools  # came with the environment, not with Foyer
	@$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file dist/foyer.cdx.json $(TRIAL)/bin/python
	@echo dist/foyer.cdx.json

audit: $(SUPPLY)/.ready ## Ask the Python advisory database about every package of an installation (needs a network)
	@$(SUPPLY)/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip

$(SUPPLY)/.ready: requirements-supply.lock
	@$(PYTHON) -m venv --clear $(SUPPLY)
	@$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-supply.lock
	@touch $@

soak: $(READY) ## The long fault runs, in full
	@TEST_FOYER_SOAK=1.0 $(BIN)/python -m pytest -n auto --dist worksteal -m soak

bench: $(READY) ## Measure time and CPU per message, over REST and over Telegram
	@$(BIN)/python -m benchmarks.rest
	@$(BIN)/python -m benchmarks.telegram
	@$(BIN)/python -m benchmarks.telegram --transport
	@$(BIN)/python -m benchmarks.enumeration

encoder: $(READY) ## Teach the sentence encoder anew from the examples (installs JAX; a quarter of an hour)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tuning/requirements.lock
	@$(BIN)/python -m tuning
