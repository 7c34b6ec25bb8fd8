# ntlearn: `make run` and `make test` are all that a first visit needs. `make help` lists the rest.

PREFIX  ?= /usr/local
DESTDIR ?=
ARGS    ?=
# Not every shell expands the tilde in `make install PREFIX=~/.local`.
override PREFIX := $(patsubst ~/%,$(HOME)/%,$(PREFIX))

# The Swift runtime is linked in, so that the installed program needs no toolchain and starts sooner. lld says nothing of
# the functions that the runtime itself should not use.
RELEASE := swift build -c release --static-swift-stdlib -Xswiftc -use-ld=lld --product
PROGRAM := .build/release/ntlearn
STAMP   := .build/ntlearn-release.stamp

# Folders are listed beside their files: a file that is added or removed changes its folder's time. Editors' own
# hidden and backup files change nothing that is built.
SOURCES := Package.swift docs/diagnostics.md $(shell find Sources content -not -name '.*' -not -name '*~' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run build test bench lint format install uninstall packages oracles clean

help: ## list the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'
	@echo
	@echo "make run ARGS='list --json' passes arguments; make install PREFIX=\$$HOME/.local chooses the place."

run: $(STAMP) ## build ntlearn when something has changed, then start it
	@exec $(PROGRAM) $(ARGS)

build: $(STAMP) ## build the optimised program

# A name with a space would break the list above, so every prerequisite is a plain file or folder of ours.
$(STAMP): $(SOURCES)
	@scripts/install-packages
	@echo "Building ntlearn; the first build takes some minutes, later ones only what has changed."
	@$(RELEASE) ntlearn
	@touch $@

test: ## run all tests, after installing the libraries that are missing
	@scripts/install-packages --tests
	swift test

bench: $(STAMP) ## compare the processor with Bochs and Unicorn, and what watching it costs
	@scripts/install-packages --bench
	@$(RELEASE) Benchmarks
	@.build/release/Benchmarks content $(PROGRAM)

lint: ## check layout and style of the Swift sources, and the shell scripts' syntax
	swift format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift
	sh -n scripts/install-packages
	sh -n scripts/generate-course
	bash -n .ci/run

format: ## rewrite the Swift sources in the committed style
	swift format --in-place --recursive --parallel Sources Tests Benchmarks Package.swift

install: $(STAMP) ## install program and course below PREFIX (default /usr/local); DESTDIR is put in front
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/ntlearn"
	install -s -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/ntlearn"
	rm -rf "$(DESTDIR)$(PREFIX)/share/ntlearn/content"
	cp -R content "$(DESTDIR)$(PREFIX)/share/ntlearn/content"
	rm -rf "$(DESTDIR)$(PREFIX)/share/ntlearn/schema"
	cp -R schema "$(DESTDIR)$(PREFIX)/share/ntlearn/schema"
	cp docs/diagnostics.md "$(DESTDIR)$(PREFIX)/share/ntlearn/"
	chmod -R u=rwX,go=rX "$(DESTDIR)$(PREFIX)/share/ntlearn"

uninstall: ## remove what install has put there; learners' progress stays
	rm -f "$(DESTDIR)$(PREFIX)/bin/ntlearn"
	rm -rf "$(DESTDIR)$(PREFIX)/share/ntlearn"

packages: ## install the libraries that the build needs
	@scripts/install-packages

oracles: ## install nasm, Unicorn, QEMU and Bochs, with which some tests compare our assembler and processor
	@scripts/install-packages --oracles

clean: ## remove everything that was built
	rm -rf .build .build-oracles
