# What keeps Alongside right. `make test` is the gate; `make help` lists the rest.

export GOTOOLCHAIN := local

# Real courses to test with, where there are any; without them those tests say so.
ifneq ($(wildcard ../shared/corpora),)
export CORPORA := $(abspath ../shared/corpora)
endif

TOOL    := go tool -modfile=tools/go.mod
MODULES := $(patsubst %/,%,$(dir $(wildcard go.mod */go.mod */*/go.mod)))
E2E     := go -C e2e test -parallel 4 -timeout 10m

.PHONY: help run test verify bench keep pictures fmt
.PHONY: browser format house tidy assets vet static dead tests race journeys
.NOTPARALLEL:

help: ## list what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: ## serve the demo on http://127.0.0.1:8090
	go run . serve --demo

# What is quick to fail comes first.
test: format house tidy assets browser vet static dead tests race journeys ## everything that must hold: the gate

format: ## is every Go file formatted?
	@tools/format.sh

fmt: ## format every Go file
	find . -name '*.go' -not -path '*/node_modules/*' -not -path './.git/*' -print0 | xargs -0 $(TOOL) gofumpt -w

house: ## do imports and tables keep to the order of the rooms?
	go -C tools test -count=1 ./gate

tidy: ## is every go.mod as tidy as it can be?
	@set -e; for m in $(MODULES); do echo "go -C $$m mod tidy -diff"; go -C $$m mod tidy -diff; done

assets: ## are the built style and scripts what their sources make?
	@test -f tools/assets/main.go || { echo "assets: tools/assets is missing, so nobody can tell whether the built files match their sources"; exit 1; }
	go -C tools/assets run . -check

browser: ## is there a Chromium? (installs the system's, where it may)
	@tools/browser.sh

vet: ## what the compiler lets through and should not
	@set -e; for m in $(MODULES); do echo "go -C $$m vet ./..."; go -C $$m vet ./...; done

static: ## staticcheck
	@set -e; for m in $(MODULES); do echo "staticcheck in $$m"; (cd $$m && go tool -modfile=$(CURDIR)/tools/go.mod staticcheck ./...); done

dead: ## code that nothing reaches
	@tools/dead.sh

tests: ## the tests of the house: every room, command, page and text, in full
	go test -vet=off ./...

# Watching for races doubles what a test costs. So the gate watches the rooms whose
# work goes on beside all requests, whole, and of the others each test in which several
# do something at the same time: its name says so (tools/gate). `make verify` watches all.
#
# Watched is what is ours, PocketBase, and all that hands things between goroutines.
# What computes on what it is given is not, the SQL engine above all: watching it
# takes four times as long and tells nothing of us.
watched   := . web vault audit notify content
at_once   := AtOnce|Meanwhile|While
unwatched := modernc.org golang.org/x github.com/yuin/goldmark github.com/andybalholm \
	encoding compress regexp text html image crypto hash reflect strings bytes strconv fmt bufio unicode
RACE      := go test -race -short -vet=off $(unwatched:%=-gcflags=%/...=-race=false)

race: ## what several do at the same time, watched for races
	$(RACE) $(watched:%=./hooks/%)
	$(RACE) -run '$(at_once)' ./hooks/...

# Go remembers what passed, and for what: the harness for itself, the journeys for
# this product, in this browser.
journeys: browser ## the product in a real browser
	$(E2E) ./browser ./markup ./product
	PRODUCT="$$(tools/product.sh)" $(E2E) .

verify: test ## the gate, and what takes longer: before an issue is called done
	tools/verify.sh

bench: ## the budgets, measured
	go run ./bench

keep: ## store this version's demo data: make keep NAME=issue-2
	@test -n "$(NAME)" || { echo "say which version this is: make keep NAME=issue-2"; exit 2; }
	go -C e2e run ./keep $(NAME)

pictures: browser ## take the pictures of the real pages that README and docs show
	PICTURES=$(CURDIR)/docs/pictures $(E2E) -count=1 -run 'TestThePicturesOfTheReadme|TestFromNothing' .
