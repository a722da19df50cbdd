# METADATA
# description: What all containers together may take of the memory fits into the machine.
# schemas:
#   - input: schema.container
#   - data.plimsoll: schema.plimsoll
package acme.memory

# METADATA
# entrypoint: true
violations contains {"message": message, "path": "/limits/memory/limit"} if {
	input.requested.limits.memory.limit
	together > data.machine
	message := sprintf("all together may take %d MiB, and the machine has %d", [mebibytes(together), mebibytes(data.machine)])
}

violations contains {"message": message, "path": "/limits/memory/limit", "because": "written"} if {
	not input.requested.limits.memory.limit
	message := "may take all the memory there is"
}

together := sum([limit |
	some container in data.plimsoll.containers
	limit := container.requested.limits.memory.limit
])

mebibytes(bytes) := floor(bytes / 1048576)
