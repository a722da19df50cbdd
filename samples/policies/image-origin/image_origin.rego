# METADATA
# description: Images come from the registries of the organisation, and are named by their content.
# schemas:
#   - input: schema.container
package acme.image_origin

# METADATA
# entrypoint: true
violations contains {"message": message, "path": "/image/name"} if {
	name := input.requested.image.name
	not from_ours(name)
	message := sprintf("%s comes from none of %s", [name, concat(", ", data.registries)])
}

violations contains {"message": message, "path": "/image/name"} if {
	image := input.requested.image
	from_ours(image.name)
	not image.digest
	message := sprintf("%s is not pinned to a digest: what it means can change", [image.name])
}

from_ours(name) if {
	some registry in data.registries
	startswith(name, concat("", [registry, "/"]))
}
