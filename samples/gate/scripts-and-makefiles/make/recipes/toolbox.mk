TOOLBOX_IMAGE ?= harbour/toolbox:6
MOUNTS = -v $(CURDIR):/w

toolbox-kvm:
	@if [ -c /dev/kvm ]; then \
		docker run --rm $(MOUNTS) \
			--device /dev/kvm \
			$(TOOLBOX_IMAGE) qemu-test; \
	else \
		docker run --rm $(MOUNTS) $(TOOLBOX_IMAGE) qemu-test --tcg; \
	fi

toolbox-net:
	@opts="--cap-add NET_ADMIN"; \
	docker run --rm $$opts $(TOOLBOX_IMAGE) iptables -L

toolbox-all:
	@for t in disk net cpu; do \
		echo "== $$t (docker run --privileged)"; \
		docker run --rm -v /boot:/boot:ro $(TOOLBOX_IMAGE) check-$$t --privileged; \
	done

toolbox-id:
	@id=$$(docker run -d --cgroupns host $(TOOLBOX_IMAGE) sleep 60); \
	docker exec --privileged $$id id; \
	docker rm -f $$id

.PHONY: toolbox-kvm toolbox-net toolbox-all toolbox-id
