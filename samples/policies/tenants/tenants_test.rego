package acme.tenants_test

import data.acme.tenants

container(name, tenant, networks, volumes) := {
	"name": name,
	"requested": {
		"labels": {"tenant": tenant},
		"networking": {"networks": networks},
		"mounts": [{"type": "volume", "volume": volume} | some volume in volumes],
	},
}

web := container("web", "red", ["front", "red"], ["pages"])

violations(others) := found if {
	found := tenants.violations with input as web
		with data.plimsoll.containers as array.concat([web], others)
		with data.shared as ["front"]
}

test_alone_is_none if {
	violations([]) == set()
}

test_its_own_tenant_may_share if {
	violations([container("db", "red", ["red"], ["pages"])]) == set()
}

test_a_shared_network_is_none if {
	violations([container("db", "blue", ["front"], [])]) == set()
}

test_another_network_in_common if {
	some violation in violations([container("db", "blue", ["blue", "red"], [])])
	violation.path == "/networking/networks/1"
	violation.message == "shares the network red with db, which is of tenant blue"
}

test_a_volume_in_common if {
	some violation in violations([container("db", "blue", [], ["pages"])])
	violation.path == "/mounts/0"
}
