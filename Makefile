# `make` alone lists what there is to make.
.DEFAULT_GOAL := help
.PHONY: help deb boot-root image appliance-test setup demo run fleet-demo update-demo provision-demo test journeys check fix torture bench gallery gallery-renew wizard-pictures voices catalogues docs pictures clean

PYTHON := .venv/bin/python
SCENE ?= happy
LANGUAGE ?= en
PICTURES := .cache/pictures
DEMO := $(PYTHON) -m kiosk.dev --pictures $(PICTURES)
SEED ?= 20261123
KILLS ?= 2000
TERMINALS ?= 20
HEADLESS ?= $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY)),,1)
# Kiosk.Native is made in Python at run time: the QML linter cannot know its types.
NATIVE_UNKNOWN := --import disable --unqualified disable --unresolved-type disable
BASELINE := tests/screens/pictures.toml
DAILY := not hardware and not night
# Bytecode is kept between starts whatever the environment says: tests start hundreds of programs,
# and half of what a start costs is compiling.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/bytecode
# Tests wait for programs of their own a third of the time: one more than there are cores.
WORKERS ?= $(shell expr $$(nproc) + 1)

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

setup: .cache/ready ## install what is missing: apt packages, uv, the locked environment

.cache/ready: packaging/setup.sh pyproject.toml uv.lock
	@sh packaging/setup.sh
	@mkdir -p .cache && touch $@

pictures: .cache/ready $(PICTURES)/front_2003.png $(PICTURES)/holder_person.npz ## fetch and cut the faces of demo and tests

$(PICTURES)/front_2003.png: .cache/ready
	@echo "== pictures of the demo's people"
	@$(PYTHON) -m drivers.camera.pictures --to $(PICTURES)
	@$(PYTHON) -m drivers.card.personalise.print.stills --portrait $(PICTURES)/holder_chip.jpg --to $(PICTURES)

$(PICTURES)/holder_person.npz: $(PICTURES)/front_2003.png kiosk/vision/evaluate/person.py
	@echo "== people who can turn their heads"
	@$(PYTHON) -m kiosk.vision.evaluate.person --to $(PICTURES)

demo: pictures ## a citizen registers: SCENE=happy|walk-away|wrong-face|offline|bad-card|old-card|... HEADLESS=1
	@$(DEMO) --scene $(SCENE) --language $(LANGUAGE) $(if $(HEADLESS),--headless --out out/demo)

run: pictures ## the terminal in a window with the dev dock, to play with
	@$(DEMO)

fleet-demo: .cache/ready ## a hundred simulated terminals live a week in a minute; the console is real
	@$(PYTHON) -m fleet.simulated.demo

update-demo: .cache/ready ## twenty terminals take a good release, and undo one that crashes on one model: TERMINALS=n
	@$(PYTHON) -m tests.update_demo --terminals $(TERMINALS)

provision-demo: pictures ## an empty folder becomes a terminal, and its first citizen registers: LANGUAGE=en|zh_HK|zh_CN
	@$(PYTHON) -m tests.provision_demo --pictures $(PICTURES) --language $(LANGUAGE)

test: pictures ## all tests but those that need a real device or a night
	@$(PYTHON) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "$(DAILY)" --ignore tests/journeys
	@echo "== the robot citizen's walks, in real time, one after the other"
	@$(PYTHON) -m pytest -q -m "$(DAILY)" tests/journeys

journeys: pictures ## only the walks of the robot citizen through the real programs
	@$(PYTHON) -m pytest -q tests/journeys

torture: .cache/ready ## kill terminal and register 2,000 times, and count what is lost, doubled or readable: SEED=n KILLS=n POSTGRES=1
	@mkdir -p out && $(PYTHON) -m tests.torture --seed $(SEED) --kills $(KILLS) $(if $(POSTGRES),--postgres) --report out/torture.json

check: .cache/ready ## format, lint, types, architecture, words, QML
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/codespell wire drivers kiosk ui fleet enrolment provisioning packaging docs README.md CONTRIBUTING.md CHANGELOG.md
	$(PYTHON) docs/generate.py --check
	.venv/bin/pyside6-qmllint -W 0 -I ui/qml $(NATIVE_UNKNOWN) ui/qml/*/*.qml

fix: .cache/ready ## format and mend what can be mended by machine
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: pictures ## figures, each as a ratio against a named peer in the same run
	@for one in card_read card_link card_seen face_compare preview preview_loop vision_back record_life screen_painted screen_frames register_put check_in fleet_http updates full_update; do $(PYTHON) -m benchmarks.$$one || exit 1; done

gallery: .cache/ready ## a picture of every screen in out/gallery; fails on what is cut, pale, small, unnamed or another than before
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m ui.gallery out/gallery $(if $(wildcard $(BASELINE)),--baseline $(BASELINE))

wizard-pictures: .cache/ready ## a picture of every page of the provisioning wizard in out/wizard, and what is wrong with it
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m ui.gallery out/wizard --only setup_

gallery-renew: .cache/ready ## the pictures were looked at and are right: keep their hashes as the baseline
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m ui.gallery out/gallery --renew $(BASELINE)

voices: .cache/ready ## draft clips of every text in out/voices, by espeak-ng; recorded ones go beside them
	@$(PYTHON) -m ui.drafts out/voices

deb: .cache/ready ## Debian packages of terminal, fleet and register in dist/, on this Debian's own Python
	@for role in terminal fleet register; do sh packaging/build_deb.sh $$role dist || exit 1; done

boot-root: ## a Debian with the terminal's package installed in dist/boot-root, for the container boot test; needs root, mmdebstrap
	@sh packaging/boot_root.sh dist

image: .cache/ready ## the terminal's disk image in dist/image: Debian 13, verity, signed kernel, two slots; needs root, mmdebstrap
	@sh packaging/image/build.sh dist

appliance-test: pictures ## boot the image in QEMU and walk through it, attacks included; needs root, qemu, swtpm: STEPS="wizard bench"
	@$(PYTHON) -m tests.appliance $(STEPS)

catalogues: .cache/ready ## make modules and pages from data
	@$(PYTHON) docs/generate.py

docs: catalogues ## the pages are Markdown in docs/; this renews the generated ones

clean: ## remove what can be made again
	rm -rf out .cache .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
