package acme.image_origin_test

import data.acme.image_origin

ours := ["registry.example"]

violations(image) := messages if {
	messages := {violation.message |
		some violation in image_origin.violations with input as {"requested": {"image": image}}
			with data.registries as ours
	}
}

test_ours_and_pinned_is_none if {
	violations({"name": "registry.example/shop", "digest": "sha256:00"}) == set()
}

test_ours_by_tag_can_change if {
	violations({"name": "registry.example/shop", "tag": "1"}) == {"registry.example/shop is not pinned to a digest: what it means can change"}
}

test_another_registry if {
	violations({"name": "other.example/shop", "digest": "sha256:00"}) == {"other.example/shop comes from none of registry.example"}
}

test_a_name_that_only_begins_like_ours if {
	count(violations({"name": "registry.example.org/shop", "digest": "sha256:00"})) == 1
}

test_no_registry_at_all if {
	violations({"name": "shop"}) == {"shop comes from none of registry.example"}
}
