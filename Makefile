# `make help` lists the targets. Every target sets up what it needs; all of it lies in .venv, .tools and .cache here.

PYTHON ?= python3
CORPUS ?= ../shared/corpus
PAGES  ?= 1000

VENV := .venv
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip -qq --disable-pip-version-check
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench evaluate servers clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: $(VENV)/.browse  ## serve a small sample blog here, archive it, edit it, archive the edit, show what changed
	@$(PY) demo/demo.py

test: $(VENV)/.dev  ## all tests; ARGS="-k name" picks some
	@$(PY) -m pytest -q -rs -n auto --dist loadfile $(ARGS)

lint: $(VENV)/.dev  ## ruff
	@$(PY) -m ruff check .

types: $(VENV)/.dev  ## mypy --strict over the three packages
	@$(PY) -m mypy

bench: $(VENV)/.bench  ## parse beside trafilatura, then the pipeline beside Scrapy: CORPUS=folder PAGES=200
	@$(PY) bench/speed.py $(CORPUS) $(ARGS)
	@$(PY) bench/throughput.py --pages $(PAGES)
	@$(if $(CORPUS),$(PY) bench/throughput.py --pages $(PAGES) --folder $(CORPUS))

evaluate: $(VENV)/.bench  ## read a corpus of pages with known answers and score it: CORPUS=folder SWITCHES=--scramble
	@$(PY) bench/evaluate.py $(CORPUS) $(SWITCHES) $(ARGS)

servers:  ## as root on Debian: the real servers that some tests want (WordPress, Isso, nginx, Chromium)
	@bash .ci/servers
	@$(MAKE) --no-print-directory .cache/servers/isso/.ready

clean:  ## forget everything that was set up here
	@rm -rf $(VENV) .tools .cache demo/work

# Set-up. Debian's python3 comes without ensurepip unless python3-venv is there too; virtualenv needs only pip.
# The stamps are made last, so a set-up that was cut short is taken up again.
define new_venv
@$(1)/bin/python -m pip --version >/dev/null 2>&1 || { \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it: make PYTHON=/path/to/python3" >&2; exit 1; }; \
  $(PYTHON) -m venv --clear $(1) >/dev/null 2>&1 || { rm -rf $(1); \
    $(PYTHON) -m pip -qq --disable-pip-version-check install --upgrade --target .tools virtualenv \
    && PYTHONPATH=.tools $(PYTHON) -m virtualenv --quiet $(1); } \
  || { echo "No virtual environment could be made. On Debian: apt-get install python3-pip (or python3-venv)" >&2; exit 1; }; }
@$(1)/bin/python -m pip -qq --disable-pip-version-check install --upgrade 'pip>=24'
endef

$(VENV)/.pip:
	@echo "Setting up $(VENV) (once; about a minute) ..." >&2
	$(call new_venv,$(VENV))
	@touch $@

$(VENV)/.browse $(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: pyproject.toml | $(VENV)/.pip
	@echo "Installing what '$*' needs ..." >&2
	@$(PIP) install --editable '.[$*]'
	@touch $@

# Isso pins an old Werkzeug, so it lives apart.
.cache/servers/isso/.ready: | $(VENV)/.pip
	$(call new_venv,.cache/servers/isso)
	@.cache/servers/isso/bin/python -m pip -qq install 'isso==0.14.*'
	@touch $@
