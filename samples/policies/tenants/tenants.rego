# METADATA
# description: Containers of different tenants have no network and no volume in common.
# schemas:
#   - input: schema.container
#   - data.plimsoll: schema.plimsoll
package acme.tenants

# METADATA
# entrypoint: true
violations contains {"message": message, "path": path} if {
	some other in data.plimsoll.containers
	of_another(other)
	some i, network in input.requested.networking.networks
	network in other.requested.networking.networks
	not network in data.shared
	message := sprintf("shares the network %s with %s, which is of tenant %s", [network, other.name, other.requested.labels.tenant])
	path := sprintf("/networking/networks/%d", [i])
}

violations contains {"message": message, "path": path} if {
	some other in data.plimsoll.containers
	of_another(other)
	some i, mount in input.requested.mounts
	some theirs in other.requested.mounts
	mount.volume == theirs.volume
	not mount.volume in data.shared
	message := sprintf("shares the volume %s with %s, which is of tenant %s", [mount.volume, other.name, other.requested.labels.tenant])
	path := sprintf("/mounts/%d", [i])
}

# A container without a tenant belongs to all of them.
of_another(other) if {
	other.requested.labels.tenant != input.requested.labels.tenant
}
