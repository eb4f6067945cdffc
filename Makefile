# Needs Python 3.11 or newer with venv, and a package registry the first time. The commands:
#   make run                          serve everything on one port
#   make test                         the whole gate
#   make check                        its fast part, for use while working
#   make bench                        the benchmarks; writes build/bench.json
#   make long SEED=7 MINUTES=30       random and fault tests at full count; writes build/long.json
#   make admin EMAIL=me@example.com   a one-time link with which that person becomes an admin
#   make lock                         write the lock files anew from pyproject.toml
#   make clean                        remove everything that can be made again

VENV := .venv
PYTHON := $(VENV)/bin/python
MINUTES ?= 10
UV_VERSION := 0.13.9

# The gate: a process for each core, up to four; the tests of one file stay together.
SIDE_BY_SIDE := -n logical --maxprocesses 4 --dist loadfile

# One stamp for each state of a lock file: with nothing changed there is nothing to do.
stamp = $(VENV)/.$(1)-$(firstword $(shell cksum < $(1)))
MADE := $(VENV)/.made
UV := $(call stamp,requirements-uv.lock)
RUNTIME := $(call stamp,requirements.lock)
TOOLS := $(call stamp,requirements-test.lock)

.PHONY: run test check bench long admin lock clean lint browser
.DELETE_ON_ERROR:

run: $(RUNTIME)
	@exec $(PYTHON) -m jumper_app

admin: $(RUNTIME)
	@test -n "$(EMAIL)" || { echo "Say whom: make admin EMAIL=me@example.com" >&2; exit 2; }
	@exec $(PYTHON) -m jumper_app admin "$(EMAIL)"

test: $(TOOLS) browser lint
	@echo "==> Tests"
	@exec $(PYTHON) -m pytest $(SIDE_BY_SIDE)

check: $(TOOLS) lint
	@echo "==> Quick tests"
	@exec $(PYTHON) -m pytest -m "not slow and not browser and not kill"

long: $(TOOLS) browser
	@exec $(PYTHON) -m pytest -m long --long --minutes $(MINUTES) $(if $(SEED),--randomly-seed=$(SEED))

bench: $(TOOLS) browser
	@mkdir -p build
	@exec $(PYTHON) -m benchmarks

lint: $(TOOLS)
	@echo "==> Format"
	@$(PYTHON) -m ruff format --check .
	@echo "==> Rules"
	@$(PYTHON) -m ruff check .
	@echo "==> Types"
	@$(PYTHON) -m pyright

# ---- Set-up -------------------------------------------------------------------------------

# A .venv whose Python is gone is made anew.
ifneq ($(shell $(PYTHON) -c 'print("works")' 2>/dev/null),works)
.PHONY: $(MADE)
endif

$(MADE):
	@echo "==> Making $(VENV)"
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        $$python -m venv --clear $(VENV) && touch $@ && exit 0; \
	        echo "$$python cannot make a virtual environment: is its venv package installed?" >&2; \
	        exit 1; \
	    fi; \
	done; \
	echo "Jumper needs Python 3.11 or newer; python3 is $$(python3 --version 2>&1)." >&2; exit 1

$(UV): $(MADE)
	@echo "==> Bringing uv"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-uv.lock
	@touch $@

$(RUNTIME): $(UV)
	@echo "==> Installing what Jumper runs on"
	@$(call install,requirements.lock)
	@touch $@

$(TOOLS): $(UV)
	@echo "==> Installing what Jumper runs on and is tested with"
	@$(call install,requirements-test.lock)
	@touch $@

# uv does not read pip's configuration: hand it the registry that pip would ask.
define install
registry="$${UV_DEFAULT_INDEX:-$${UV_INDEX_URL:-$${PIP_INDEX_URL:-$$($(PYTHON) -m pip config get global.index-url 2>/dev/null)}}}"; \
if [ -n "$$registry" ]; then export UV_DEFAULT_INDEX="$$registry"; fi; \
$(PYTHON) -m uv pip install --python $(PYTHON) --require-hashes --requirement $(1)
endef

browser: $(TOOLS)
	@$(PYTHON) -m tests.chromium

COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url
LOCK = $(COMPILE) pyproject.toml

lock: $(UV)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group test --constraint requirements.lock --output-file requirements-test.lock
	echo "uv==$(UV_VERSION)" | $(COMPILE) --output-file requirements-uv.lock -

clean:
	rm -rf $(VENV) .web build .pytest_cache .ruff_cache .hypothesis
