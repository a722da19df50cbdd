# included by the top-level Makefile
DOCKER ?= podman
DB_IMG := images.example/library/postgres:16
FLAGS   = --rm

up: FLAGS += --network=app-net
up:
	$(DOCKER) run -d $(FLAGS) --name db -e POSTGRES_PASSWORD=dev $(DB_IMG)

profile: FLAGS += --cap-add=PERFMON
profile:
	$(DOCKER) run $(FLAGS) -v $(CURDIR)/perf:/out $(DB_IMG) perf record -a

hostname-check: OPTS = --uts=host
hostname-check:
	$(DOCKER) run --rm $(OPTS) $(DB_IMG) hostname

psql: UNUSED = --privileged
psql:
	$(DOCKER) exec --privileged -it db psql -U postgres

backup:
	$(DOCKER) run --rm --mount type=bind,src=/var/lib/docker,dst=/from,ro \
		-v $(CURDIR)/backup:/to $(DB_IMG) tar -C /from -cf /to/all.tar .

.PHONY: up profile hostname-check psql backup
