# Policies that go wrong in every way, for RegoPolicyTest. Compiled by src/test/rego/build.
package hostile

many := numbers.range(1, 3000)

endless contains x if {
	some x in many
	some y in many
	some z in many
	x + y + z == 7
}

greedy contains x if {
	some y in many
	x := [y, json.marshal([many, y])]
}

undefined := input.nothing

text := "wrong"

texts contains "wrong"

unknown_field contains {"mesage": "a", "path": ""}

pathless contains {"message": "a"}

nowhere contains {"message": "a", "path": "/no/such"}

severe contains {"message": "a", "path": "/image", "severity": "terrible"}

echo contains {"message": json.marshal(input.requested), "path": "/privileged"}

fine contains {"message": message, "path": "/privileged"} if {
	message := sprintf("%s of %d: %s", [input.name, count(data.plimsoll.containers), data.word])
}
