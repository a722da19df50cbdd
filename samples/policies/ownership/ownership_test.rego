package acme.ownership_test

import data.acme.ownership

violations(facts) := found if {
	found := ownership.violations with input as {"requested": facts}
		with data.required as ["owner", "purpose"]
		with data.owners as ["shop", "platform"]
}

paths(facts) := {violation.path | some violation in violations(facts)}

test_all_said_is_none if {
	violations({"labels": {"owner": "shop", "purpose": "web"}}) == set()
}

test_what_is_missing_or_empty if {
	paths({"labels": {"owner": ""}}) == {"/labels/owner", "/labels/purpose"}
}

test_an_owner_nobody_knows if {
	some violation in violations({"labels": {"owner": "bob", "purpose": "web"}})
	violation.path == "/labels/owner"
	violation.message == "the owner bob is none of shop, platform"
	not violation.because
}

test_a_privileged_one_needs_a_contact if {
	privileged := {"labels": {"owner": "shop", "purpose": "web"}, "privileged": true}
	paths(privileged) == {"/labels/contact"}
	some violation in violations(privileged)
	violation.severity == "critical"
}

test_with_a_contact_it_may_be_privileged if {
	labels := {"owner": "shop", "purpose": "web", "contact": "shop@acme.example"}
	violations({"labels": labels, "privileged": true}) == set()
}
