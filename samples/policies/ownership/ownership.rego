# METADATA
# description: "Somebody answers for every container: labels say who, and they are people that there are."
# schemas:
#   - input: schema.container
package acme.ownership

# METADATA
# entrypoint: true
violations contains {"message": message, "path": path, "because": "written"} if {
	some name in data.required
	object.get(input.requested.labels, name, "") == ""
	message := sprintf("nobody says its %s, by a label of that name", [name])
	path := concat("", ["/labels/", name])
}

violations contains {"message": message, "path": "/labels/owner"} if {
	owner := input.requested.labels.owner
	owner != ""
	not owner in data.owners
	message := sprintf("the owner %s is none of %s", [owner, concat(", ", data.owners)])
}

# Whoever answers for what can take over the host is named by more than a team.
violations contains {"message": message, "path": "/labels/contact", "severity": "critical", "because": "written"} if {
	input.requested.privileged
	not contains(object.get(input.requested.labels, "contact", ""), "@")
	message := "it is privileged, and no label contact says whom to write to"
}
