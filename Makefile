# zhibiao — two commands do everything: `make demo` shows the main job, `make check` runs every test.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules

VERSION := 0.1.0
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc
CFLAGS ?= -O2 -g
# programs are built side by side, and parts of the tests run so
JOBS := $(shell nproc 2>/dev/null || echo 1)
# what the compiler of this machine knows of these; _FORTIFY_SOURCE needs the optimiser, and sanitizers do better without it
supported = $(shell echo 'int x;' | $(CC) -Werror $(1) -c -x c -o /dev/null - 2>/dev/null && echo $(1))
HARDEN := -fstack-protector-strong -fPIE $(call supported,-fstack-clash-protection) $(call supported,-fcf-protection) \
          $(if $(findstring -O2,$(CFLAGS)),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla $(if $(CI),-Werror)
PACKAGES := gsl sqlite3 libcjson libxml-2.0 uchardet freetype2 fontconfig libpng zlib
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -I. -DZHIBIAO_VERSION='"$(VERSION)"' -MMD -MP $(WARN) $(HARDEN) \
             $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) $(CFLAGS)
# Each shared library costs a start some 0.1 ms: these are linked in, libplot and libxml2 are loaded when they are needed
# (plots/libplot.c, data/extract/libxml.c).
STATIC := -Wl,-Bstatic -lgsl -lgslcblas -lsqlite3 -luchardet -lstdc++ -lcsv -Wl,-Bdynamic
LIBS = $(STATIC) $(shell pkg-config --libs libcjson freetype2 fontconfig libpng zlib 2>/dev/null) -lm
LINK = $(CC) $(CFLAGS) -pie -Wl,-z,relro,-z,now,-z,noexecstack $(LDFLAGS)

# Debian 12 packages: what each command of this file needs
DEPS := build-essential pkg-config libgsl-dev libsqlite3-dev libplot-dev libcjson-dev libcsv-dev \
        libuchardet-dev libxml2-dev libfreetype-dev libfontconfig-dev libpng-dev zlib1g-dev fonts-wqy-microhei xz-utils
FUZZ_DEPS := clang
LINT_DEPS := clang-tidy cppcheck
CHECK_DEPS := libcmocka-dev bats sqlite3 python3 gcovr librsvg2-bin locales valgrind

SOURCES := $(filter-out cli/main.c data/reference/compile.c,$(wildcard data/*.c data/*/*.c stats/*.c plots/*.c cli/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/data/reference/image.o
TEST_SOURCES := $(wildcard tests/*/test_*.c)
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REFERENCE := $(filter-out data/reference/README.md,$(wildcard data/reference/*.tsv data/reference/*.json data/reference/*.xz))

.PHONY: all demo gallery programs check check-unit check-cli check-replay check-faults check-slow slow-faults coverage-faults fuzz fuzz-deps lint lint-deps lint-cppcheck asan coverage bench bench-plots bench-stats install uninstall clean deps check-deps
all: deps
	@$(MAKE) --no-print-directory -j$(JOBS) $(BUILD)/zhibiao

# ---- set-up: installs only what is missing ----
deps:
	@sh .ci/deps.sh $(DEPS)
check-deps: deps
	@sh .ci/deps.sh $(CHECK_DEPS)

# ---- build ----
$(BUILD)/zhibiao: $(BUILD)/cli/main.o $(OBJECTS)
	$(LINK) -o $@ $^ $(LIBS)
# the extractor's inner loops gain a tenth by it, the sum of a page is three times as fast
$(BUILD)/data/extract/%.o $(BUILD)/data/reference/%.o $(BUILD)/data/store/checksum.o: private CFLAGS := $(patsubst -O2,-O3,$(CFLAGS))
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(BUILD)/compile: data/reference/compile.c $(wildcard data/reference/compile/*.c) data/reference/village.c \
                  data/base/error.c data/base/memory.c data/base/utf8.c data/base/number.c \
                  $(wildcard data/reference/*.h data/reference/compile/*.h) Makefile
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(ALL_CFLAGS)) -pie -o $@ $(filter %.c,$^) -lcjson -lm
$(BUILD)/reference.img: $(BUILD)/compile $(REFERENCE)
	$(BUILD)/compile data/reference $@
$(BUILD)/data/reference/image.o: data/reference/image.S $(BUILD)/reference.img
	@mkdir -p $(@D)
	$(CC) -DIMAGE='"$(BUILD)/reference.img"' -c -o $@ $<
$(BUILD)/tests/%: tests/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(LINK) $(ALL_CFLAGS) -o $@ $< $(OBJECTS) $(LIBS) -lcmocka
-include $(SOURCES:%.c=$(BUILD)/%.d) $(BUILD)/cli/main.d $(TESTS:%=%.d)

# ---- tests: a scrubbed environment, no network ----
ENV := env -i PATH="$(PATH)" HOME=/nonexistent LC_ALL=C.UTF-8 TZ=UTC COLUMNS=120 ZHIBIAO="$(abspath $(BUILD))/zhibiao" \
       $(foreach v,ASAN_OPTIONS UBSAN_OPTIONS GCOV_PREFIX GOLD PEERS XDG_CACHE_HOME,$(if $($(v)),$(v)="$($(v))"))
XDG_CACHE_HOME := $(abspath $(BUILD))/cache
# runs the suite, then closes with a line that counts
counted = mkdir -p $(1); set -o pipefail; { $(MAKE) --no-print-directory -k -j$(JOBS) $(2) programs; \
          $(MAKE) --no-print-directory -k -j$(JOBS) -O $(2) check-faults check-unit check-cli check-replay; } 2>&1 | tee $(1)/check.log; \
          status=$$?; sh tests/count.sh $(1)/check.log || status=1; exit $$status
check: check-deps
	@$(call counted,$(BUILD),)
programs: $(BUILD)/zhibiao $(TESTS) $(BUILD)/tests/faults/fault.so $(BUILD)/tests/fuzz/replay
check-unit: $(BUILD)/zhibiao $(TESTS)
	@status=0; for t in $(TESTS); do $(ENV) $$t || status=1; done; exit $$status
check-cli: $(patsubst tests/cli/%.bats,cli-%,$(wildcard tests/cli/*.bats))
cli-%: $(BUILD)/zhibiao
	@$(ENV) bats --tap tests/cli/$*.bats
# faults made to happen (tests/faults/README.md)
$(BUILD)/tests/faults/fault.so: $(wildcard tests/faults/preload/*.[ch]) Makefile
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -O2 -g -fPIC -shared -o $@ $(filter %.c,$^)
check-faults: $(BUILD)/zhibiao $(BUILD)/tests/faults/fault.so
	@python3 tests/faults/run.py $(BUILD)/zhibiao $(BUILD) quick
# ---- what takes longer than check may: full counts, analysis, fuzzing ----
SLOW := slow-broken slow-faults lint fuzz
slow-faults: $(BUILD)/zhibiao $(BUILD)/tests/faults/fault.so
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/asan CFLAGS="$(SANITIZE)" build/asan/zhibiao
	@ZHIBIAO_ASAN=$(abspath build/asan/zhibiao) python3 tests/faults/run.py $(BUILD)/zhibiao $(BUILD) slow
check-slow: check-deps lint-deps fuzz-deps
	@status=0; for t in $(SLOW); do $(MAKE) --no-print-directory $$t || status=1; done; exit $$status
slow-broken: $(BUILD)/tests/extract/test_broken
	@$(ENV) MUTATIONS=100000 $<

SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
asan: check-deps
	@$(call counted,build/asan,BUILD=build/asan CFLAGS="$(SANITIZE)")
# each arena allocation has a block of its own here, so that it can fail
COUNTED := $(BUILD)/coverage
COUNTS := -O0 -g --coverage -fprofile-update=atomic -DARENA_BLOCK=16
coverage: check-deps
	@$(MAKE) --no-print-directory -j2 BUILD=$(COUNTED) CFLAGS="$(COUNTS)" check-unit check-cli check-replay
	@$(MAKE) --no-print-directory BUILD=$(COUNTED) CFLAGS="$(COUNTS)" coverage-faults
	gcovr --root . --object-directory $(COUNTED) --exclude tests/ --exclude data/reference/compile.c --print-summary
# the branches of errors: faults that leave the program to its end, where it writes its counts
coverage-faults: $(BUILD)/zhibiao $(BUILD)/tests/faults/fault.so
	@python3 tests/faults/run.py $< $(BUILD) coverage "places that allocate" "system calls" "full disks" damage read-only "hostile strings"

# ---- analysis: nothing is said, or it fails ----
lint-deps: deps
	@sh .ci/deps.sh $(LINT_DEPS)
LINTED := $(filter-out tests/%,$(wildcard data/*.c data/*/*.c data/*/*/*.c stats/*.c plots/*.c cli/*.c))
LINT_FLAGS = $(filter-out -MMD -MP,$(ALL_CFLAGS)) -D_Float128=__float128
# gcc's own leaks and uninitialised values are mostly none (what is stored through a pointer); LeakSanitizer and valgrind look for them
ANALYZER := -fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-too-complex -Werror
$(BUILD)/lint/%.gcc: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP -Werror,$(ALL_CFLAGS)) -O1 -U_FORTIFY_SOURCE $(ANALYZER) -c -o /dev/null $< && touch $@
$(BUILD)/lint/%.tidy: %.c .clang-tidy Makefile
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(filter-out -f% -Werror,$(LINT_FLAGS)) 2>/dev/null && touch $@
lint-cppcheck: lint-deps
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
	    --suppress=internalAstError --error-exitcode=1 -I. -DZHIBIAO_VERSION='"$(VERSION)"' data stats plots cli
lint: lint-deps
	@$(MAKE) --no-print-directory -k -j$(JOBS) lint-cppcheck $(LINTED:%.c=$(BUILD)/lint/%.gcc) $(LINTED:%.c=$(BUILD)/lint/%.tidy)

# ---- fuzzing: libFuzzer for FUZZ_SECONDS a target, what it finds in $(BUILD)/fuzz/findings; check replays tests/fuzz/corpus ----
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?= $(FUZZERS)
fuzz-deps: deps
	@sh .ci/deps.sh $(FUZZ_DEPS)
fuzz: fuzz-deps
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(BUILD)/fuzz CC=clang CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=all -Wno-unknown-warning-option -D_Float128=__float128 -D__SANITIZE_ADDRESS__" $(FUZZ_TARGETS:%=$(BUILD)/fuzz/tests/fuzz/fuzz_%)
	@sh tests/fuzz/fuzz.sh $(BUILD)/fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS)
$(BUILD)/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(LINK) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< $(OBJECTS) $(LIBS)
$(BUILD)/tests/fuzz/replay_%.o: tests/fuzz/fuzz_%.c $(wildcard tests/fuzz/*.h) Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DLLVMFuzzerTestOneInput=fuzz_$* -c -o $@ $<
$(BUILD)/tests/fuzz/replay: tests/fuzz/replay.c $(FUZZERS:%=$(BUILD)/tests/fuzz/replay_%.o) $(OBJECTS)
	$(LINK) $(ALL_CFLAGS) -o $@ $^ $(LIBS)
check-replay: $(BUILD)/tests/fuzz/replay
	@$(ENV) $< tests/fuzz/corpus

# ---- the main job, on the samples ----
DEMO := $(BUILD)/demo
DEMO_RUN := $(BUILD)/zhibiao --store $(DEMO)/zhibiao.db
demo: all
	@mkdir -p $(DEMO) && rm -f $(DEMO)/*
	$(DEMO_RUN) ingest data/samples
	$(DEMO_RUN) import data/samples/counties.csv
	$(DEMO_RUN) compare --indicator 种植面积 --item 辣椒 --region 沿河 --level township --period 2019
	$(DEMO_RUN) total --indicator 帮扶资金 --region 沿河 --period 2019
	$(DEMO_RUN) plot bar --indicator 种植面积 --item 辣椒 --level township --title 各乡镇辣椒种植面积 -o $(DEMO)/peppers.svg
	$(DEMO_RUN) plot bar --indicator 农村居民人均可支配收入 --region 铜仁 --level county --period 2020 -o $(DEMO)/income.png
	$(DEMO_RUN) plot line --indicator 农村居民人均可支配收入 --region 沿河 --level county -o $(DEMO)/income-over-time.ps
	@echo "charts: $(DEMO)/peppers.svg $(DEMO)/income.png $(DEMO)/income-over-time.ps"

# every chart type from the samples, to be looked at
gallery: all
	@sh plots/gallery.sh $(BUILD)/zhibiao $(BUILD)/gallery

# ---- speed: ratios and medians belong here, never in a test ----
bench: all
	@$(MAKE) --no-print-directory $(BUILD)/tests/bench/worst
	@sh tests/bench/bench.sh $(BUILD)/zhibiao $(BUILD)/bench
	@$(BUILD)/tests/bench/worst 20
	@sh tests/bench/inputs.sh $(BUILD)/zhibiao $(BUILD)/bench
# statistics of 5,000,000 rows beside the peers that are installed; DuckDB: DUCKDB_MODULES=folder with its node_modules
bench-stats: all
	@sh tests/bench/stats.sh $(BUILD)/zhibiao $(BUILD)/bench

bench-plots: all
	@sh tests/bench/plots.sh $(BUILD)/zhibiao $(BUILD)/bench

install: all
	install -D -m 755 $(BUILD)/zhibiao $(DESTDIR)$(PREFIX)/bin/zhibiao
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/zhibiao
clean:
	rm -rf build
