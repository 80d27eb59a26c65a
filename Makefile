# One line of help each; `make` alone prints them.
PORT ?= 8080
DATA ?= ./data/demo
LIMITS ?= on
# sqlite:FOLDER or postgres://user@host/database; empty: DATA.
STORE ?=

PYTHON := $(CURDIR)/.build/venv/bin/python
# One set of flags for every debug build, or each change of target would rebuild all. No --disable-index-store there:
# test discovery needs the index.
BUILD := swift build --explicit-target-dependency-import-check error
RELEASE := $(BUILD) --configuration release --disable-index-store --product cloakroom
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help setup build run test swift-tests journeys lint format bench check

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## installs all that building and testing need
	@scripts/install run test bench

build: ## builds everything, tests included (debug)
	@scripts/install run
	$(BUILD) --build-tests

run: ## makes or takes up a demo business in DATA or STORE and serves it on http://localhost:PORT (LIMITS=off: no public limits)
	@scripts/install run
	$(RELEASE)
	@exec .build/release/cloakroom demo $(if $(STORE),--store "$(STORE)",--data "$(DATA)") --port "$(PORT)" $(if $(filter-out on,$(LIMITS)),--limits "$(LIMITS)")

test: swift-tests journeys ## every test: rooms in Swift, then journeys against the real server

swift-tests: ## the rooms' own tests
	@scripts/install run test
	$(BUILD) --build-tests
	CLOAKROOM_PYTHON="$(PYTHON)" swift test --skip-build --disable-xctest

journeys: ## the real server: races, kills, traces, canaries, headers, browser (JOURNEYS="-k race" picks some)
	@scripts/install run test
	$(BUILD) --product cloakroom
	CLOAKROOM_BIN="$(CURDIR)/.build/debug/cloakroom" "$(PYTHON)" -m pytest -c Tests/Journeys/pytest.ini Tests/Journeys $(JOURNEYS)

lint: ## format, import walls, templates, scripts
	@scripts/install lint
	@scripts/lint

format: ## rewrites Swift files as the format wants them
	swift format --in-place --recursive --parallel Sources Tests Package.swift

bench: ## measures the release build and writes bench/RESULTS.md
	@scripts/install run bench
	$(RELEASE)
	"$(PYTHON)" bench/run.py

check: lint test ## what CI runs
