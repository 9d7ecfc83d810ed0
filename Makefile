# Everything here works on a fresh Debian machine with Go: what is missing is
# installed by .ci/tools/install.

GO ?= go
LINT = $(GO) tool -modfile=.ci/tools/go.mod golangci-lint

.PHONY: test unit lint run bench tools

# The whole check: what .ci/run calls.
test: tools lint unit

unit:
	$(GO) test -count=1 -timeout 14m ./...

lint:
	$(GO) vet ./...
	$(LINT) run ./...

run:
	$(GO) run ./cmd/servicematning serve

# Speed; nothing here fails on a slow machine. See README.
bench:
	$(GO) test -run '^$$' -bench . -benchmem -timeout 30m ./...

tools:
	.ci/tools/install
