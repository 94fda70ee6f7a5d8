# The jobs of the house; CONTRIBUTING.md says which gates come in which order.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# The case that `make run` works on, its name, and where the results go.
CASE ?= datasets/nine-lines/exports
NAME ?= nine-lines
OUT ?= out/$(NAME)

.PHONY: help setup run test lint docs bench clean

help: ## Lists the jobs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

setup: ## Installs missing system packages (Debian); silent when all are there
	@Scripts/setup.sh

run: setup ## Builds clew and analyses the case of the nine lines into out/
	swift build --configuration release --product clew
	rm -rf '$(OUT)'
	.build/release/clew run '$(CASE)' -o '$(OUT)' --name '$(NAME)'

# A crash must not wait for the interactive backtracer.
test: export SWIFT_BACKTRACE := enable=no
test: setup ## Builds with the import check and runs all tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test

lint: ## Checks the format of all sources
	swift format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift

docs: setup ## Builds the documentation of all library modules; a warning is an error
	Scripts/docs.sh

bench: setup ## Measures; see Benchmarks/README.md
	Scripts/bench.sh

clean: ## Removes build products and results
	rm -rf .build Benchmarks/.build out
