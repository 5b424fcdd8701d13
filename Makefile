# Targets for developers; `python3 run.py test` needs none of them.
PYTHON ?= python3
RUN := $(PYTHON) run.py
FUZZ_INPUTS ?= 1000000
AGREEMENT_CASES ?= 100000
INTERVIEWS ?= 100
AGREEMENT_TABLES ?= 10000
SPARK_CASES ?= 1000000

.PHONY: check test format fuzz agreement agreement-orders agreement-spark interviews bench bench-peers spark tables lock wheel

# Style, types and import fences, without the tests.
check:
	$(RUN) python -m ruff check .
	$(RUN) python -m ruff format --check .
	$(RUN) python -m mypy
	$(RUN) python -c "from importlinter.cli import lint_imports_command as run; run()" --no-logo

# Everything that must pass before a change goes in.
test:
	$(RUN) test

# Writes the style that `check` asks for.
format:
	$(RUN) python -m ruff check --fix .
	$(RUN) python -m ruff format .

# Feeds the parser and the case reader with generated texts; none may crash them.
fuzz:
	$(RUN) python -m tests.fuzz.campaign --inputs $(FUZZ_INPUTS)

# Compares the compiled evaluator with the reference, and columns with the compiled one, on cases
# drawn over the shipped rules.
agreement:
	$(RUN) python -m tests.agreement.campaign --cases $(AGREEMENT_CASES)
	$(RUN) python -m tests.agreement.columns_campaign --cases $(AGREEMENT_CASES)

# Drives interviews by full case files and prints how much they ask.
interviews:
	$(RUN) python -m tests.interviewing --cases $(INTERVIEWS)

# Compares whole columns with the reference on order tables and watches drawn at random.
agreement-orders:
	$(RUN) python -m tests.agreement.order_tables_campaign --tables $(AGREEMENT_TABLES)

# Prints how fast the engine is: ratios of one run, a report and never a test.
bench:
	$(RUN) python -m bench.report

# Writes the tables of the parser anew, after a change of the grammar.
tables:
	$(RUN) python -m lawengine.language.make_tables

# Prints workload W by ours and by other engines, in an environment of their own: a report.
PEERS := .venv-peers
$(PEERS)/ready: requirements-bench.lock
	rm -rf $(PEERS)
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --no-input --only-binary :all: --require-hashes \
		--requirement requirements-bench.lock
	touch $@
bench-peers: $(PEERS)/ready
	PYTHONPATH=src:. $(PEERS)/bin/python -m bench.peers

# Tests the columns on Apache Spark, in an environment of their own; needs Java 17 or newer.
spark:
	$(PYTHON) -m tests_spark

# Compares Spark with one machine on as many cases.
agreement-spark:
	$(PYTHON) -m tests_spark --cases $(SPARK_CASES) -k one_file_in_many_parts

# Takes the newest allowed versions into all locks; needs uv.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --upgrade pyproject.toml
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --extra lint --extra simulate --extra report --constraint requirements.lock \
		--output-file requirements-test.lock
	$(COMPILE) bench/peers.in --extra simulate --constraint requirements-test.lock \
		--output-file requirements-bench.lock
	$(COMPILE) tests_spark/needs.in --extra spark --constraint requirements-test.lock \
		--output-file requirements-spark.lock

# Builds dist/*.whl with the pinned backend, without the network.
wheel:
	$(RUN) python -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir dist .
