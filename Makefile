# Two commands: `make demo` and `make test`. Both do all set-up. The work itself is in cargo and scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help demo test check fmt crash clean

help: ## What there is.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: ## Build the office of Kim Bảng with its year 2020 and serve it on http://127.0.0.1:8420
	@scripts/setup demo
	cargo build --release --locked --package phatngon
	$${CARGO_TARGET_DIR:-target}/release/phatngon demo --data $${PHATNGON_DEMO_DATA:-demo-data}

test: ## All tests: rules, both databases, documents, HTTP, browser journeys.
	@scripts/setup test
	scripts/with-postgres scripts/test

check: ## What CI runs besides the tests: format, clippy, doc warnings.
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

fmt: ## Format the code.
	cargo fmt --all

crash: ## kill -9 during import and writes, 100 times; the ledger must verify each time.
	scripts/crash 100

clean: ## Remove the demo installation.
	rm -rf demo-data
