package acme.memory_test

import data.acme.memory

container(gibibytes) := {"requested": {"limits": {"memory": {"limit": gibibytes * 1073741824}}}}

violations(one, all) := found if {
	found := memory.violations with input as one
		with data.plimsoll.containers as all
		with data.machine as 4294967296
}

test_what_fits if {
	violations(container(2), [container(2), container(2)]) == set()
}

test_what_does_not_fit if {
	some violation in violations(container(2), [container(2), container(2), container(1)])
	violation.message == "all together may take 5120 MiB, and the machine has 4096"
}

test_no_limit if {
	some violation in violations({"requested": {}}, [{"requested": {}}])
	violation.message == "may take all the memory there is"
}
