# The one door. `make run` and `make test` do all set-up; everything they install stays in .venv/ (and Chromium in the system).
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON    ?= python3
VENV      := .venv
PY        := $(VENV)/bin/python
STAMP     := $(VENV)/.installed
# The pip that is there already, where it can install elsewhere: to put another one in .venv takes ten seconds.
PIP        = $(shell $(PYTHON) -m pip --help 2>/dev/null | grep -q -e '--python ' \
               && echo '$(PYTHON) -m pip --python $(PY)' || echo $(VENV)/bin/pip)
PEILDATUM ?= 2026-09-30
PORT      ?= 8050
INBOX     ?= data/inbox
STORE     ?= data/store
VOORBEELD := data/voorbeeld
# Plotly without the kinds of chart that are not used here: half the bytes. Taken at set-up, never committed.
PLOTLY    := dashboard/assets/plotly-basic.min.js
# What the pages are compared with in `make bench`; in an environment of its own.
STREAMLIT := $(VOORBEELD)/streamlit/bin/streamlit

# What Python compiles is kept, whatever the machine says: else every process compiles pandas and dash again (3 seconds).
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test long refresh serve lint style bench notebooks docs browser libs lock sample

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(PLOTLY) $(VOORBEELD)/store/db/actueel.json ## set-up, synthetic sample, refresh, dashboard on http://127.0.0.1:8050
	$(PY) -m dashboard serve --store $(VOORBEELD)/store --port $(PORT)

test: ## set-up with the browser, lint, all tests
	# Side by side what does not wait for each other; the types are checked in a test, beside the other tests.
	@$(MAKE) --no-print-directory -j 2 $(STAMP) browser
	@$(MAKE) --no-print-directory -j 3 $(PLOTLY) libs style
	# In the order of tests/conftest.py, the longest chains first; by number of tests they would be left for the end.
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

long: $(STAMP) $(PLOTLY) browser ## the sweeps that take too long for every commit: more orders, more moments, a year earlier
	$(PY) -m pytest -n 2 --dist loadfile -m long

refresh: $(STAMP) ## read INBOX (data/inbox) into STORE (data/store)
	$(PY) -m etl refresh --inbox $(INBOX) --store $(STORE)

serve: $(STAMP) $(PLOTLY) ## show STORE (data/store) on http://127.0.0.1:8050
	$(PY) -m dashboard serve --store $(STORE) --port $(PORT)

lint: style ## style, the dependency rules between the rooms, and types
	$(VENV)/bin/mypy

style: $(STAMP) ## style and the dependency rules only
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports

bench: $(PLOTLY) $(VOORBEELD)/store/db/actueel.json browser $(STREAMLIT) ## speed and memory, as ratios against a baseline in the same run
	$(PY) -m tests.bench

notebooks: $(VOORBEELD)/store/db/actueel.json ## run the notebooks on MONITOR_STORE (the synthetic one); copies with outputs in data/voorbeeld/notebooks
	mkdir -p $(VOORBEELD)/notebooks
	MONITOR_STORE=$(abspath $(or $(MONITOR_STORE),$(VOORBEELD)/store)) $(VENV)/bin/jupyter-execute \
	  --output='../$(VOORBEELD)/notebooks/{notebook_name}' notebooks/*.ipynb

docs: $(STAMP) ## write the generated pages in docs/ from the records in the code
	$(PY) -m docs.generate

browser: ## Chromium for the browser tests, from the system's packages
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	    run=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	    $$run apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -q --no-install-recommends chromium >/dev/null; \
	  else \
	    echo "Installeer eerst Chromium (Debian: apt-get install chromium) en draai dit opnieuw."; exit 1; \
	  fi; }

libs: $(STAMP) ## the libraries and letters that the council edition's PDF is made with, from the system's packages
	@$(PY) -c 'import weasyprint' 2>/dev/null && { ! command -v apt-get >/dev/null || [ -e /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ]; } || { \
	  names=$$($(PY) -c 'from dashboard.edition.pdf import PACKAGES; print(*PACKAGES)'); \
	  if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	    run=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	    $$run apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -q --no-install-recommends $$names >/dev/null; \
	  else \
	    echo "Installeer eerst $$names (Debian: apt-get install) en draai dit opnieuw."; exit 1; \
	  fi; }

sample: $(STAMP) ## a fresh synthetic municipality in data/voorbeeld/inbox
	rm -rf $(VOORBEELD)/inbox
	$(PY) -m etl sample --out $(VOORBEELD)/inbox --peildatum $(PEILDATUM)

lock: $(STAMP) ## pin every dependency again, with hashes and without addresses
	$(PIP) install -q pip-tools
	$(VENV)/bin/pip-compile -q --extra dev --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --strip-extras --allow-unsafe -o requirements.lock pyproject.toml

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 of nieuwer is nodig." if sys.version_info < (3, 11) else 0)'
	test -x $(PY) || $(PYTHON) -m venv $(if $(findstring --python,$(PIP)),--without-pip) $(VENV)
	# Two at once, a quarter of the packages each: unpacking keeps one processor busy. The lock names every package with
	# its hash, so there is nothing to work out; `pip check` tells when the lock is not complete.
	rm -f $(VENV)/lock.*
	awk -v to=$(VENV)/lock. '/^[^ #]/ { n++ } { print > (to n % 4) }' requirements.lock
	printf '%s\n' $(VENV)/lock.? | xargs -P 2 -n 1 $(PIP) install -q --no-compile --no-deps --require-hashes -r
	$(PIP) install -q --no-deps --no-build-isolation -e .
	$(PIP) check
	touch $@

$(PLOTLY): $(STAMP)
	$(PY) -m dashboard.bundle $@

$(STREAMLIT): tests/bench/rivals/requirements.txt
	$(PYTHON) -m venv $(VOORBEELD)/streamlit
	$(VOORBEELD)/streamlit/bin/pip install -q -r $<
	touch $@

$(VOORBEELD)/inbox/truth.json: | $(STAMP)
	$(PY) -m etl sample --out $(VOORBEELD)/inbox --peildatum $(PEILDATUM)

$(VOORBEELD)/store/db/actueel.json: $(VOORBEELD)/inbox/truth.json
	# 1: published, but some input was refused; the sample has mistakes in it on purpose.
	$(PY) -m etl refresh --inbox $(VOORBEELD)/inbox --store $(VOORBEELD)/store --cbs-url $(VOORBEELD)/inbox/cbs \
	  || test $$? -eq 1
