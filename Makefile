# The jobs of the house; CONTRIBUTING.md says which gates come in which order.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# The case that `make run` works on, its name, and where the results go.
CASE ?= datasets/nine-lines/exports
NAME ?= nine-lines
OUT ?= out/$(NAME)

# The presets and seeds of `make validate`, such as field:1-10; all of them when empty. KEEP=-k goes on
# with the cases of a run that was cut off.
CASES ?=
KEEP ?=

# TRAITS=Spark builds and runs the tests with the trait, in the folder of `make test-spark`; those of the client wait
# for answers, and are run there, one after the other.
TRAITS ?=
options = $(if $(TRAITS),--traits $(TRAITS) --scratch-path .build-spark)

# How many damaged files each importer must stand.
MUTATIONS ?= 10000

.PHONY: help setup run test test-spark mutations lint docs bench validate clean

help: ## Lists the jobs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## Installs missing system packages (Debian); silent when all are there
	@Scripts/setup.sh

run: setup ## Builds clew and analyses the case of the nine lines into out/
	swift build --configuration release --product clew
	rm -rf '$(OUT)'
	.build/release/clew run '$(CASE)' -o '$(OUT)' --name '$(NAME)'

# A crash must not wait for the interactive backtracer.
test: export SWIFT_BACKTRACE := enable=no
test: setup ## Builds with the import check, runs all tests and the mutations
	swift build $(options) --build-tests --explicit-target-dependency-import-check error
	swift test $(options) $(if $(TRAITS),--skip ClewSparkTests)
	$(MAKE) mutations

test-spark: export SWIFT_BACKTRACE := enable=no
test-spark: ## Starts a Spark cluster on this machine, tests on it, stops it; see docs/cluster.md
	Scripts/test-spark.sh

mutations: export SWIFT_BACKTRACE := enable=no
mutations: setup ## Reads 10,000 damaged files with each importer; see Fuzz/README.md
	swift build --configuration release --package-path Fuzz --product mutate
	Fuzz/.build/release/mutate Tests/ClewImportTests/Fixtures Fuzz/Crashers $(MUTATIONS)

lint: ## Checks the format of all sources
	swift format lint --strict --recursive --parallel Sources Tests Plugins Benchmarks Fuzz/Sources Fuzz/Package.swift Package.swift

docs: setup ## Builds the documentation of all library modules; a warning is an error
	Scripts/docs.sh

bench: setup ## Measures; see Benchmarks/README.md
	Scripts/bench.sh

validate: setup ## Measures the error rates on invented cases and writes docs/validation.md; see Scripts/validate.sh
	swift build --configuration release --product clew
	Scripts/validate.sh $(KEEP) $(if $(CASES),,-d docs/validation.md) $(CASES)

clean: ## Removes build products and results
	rm -rf .build .build-spark .build-worker Benchmarks/.build Fuzz/.build Fuzz/.build-fuzzer out
