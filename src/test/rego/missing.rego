package missing

violations contains {"message": sprintf("%d", [time.now_ns()]), "path": ""}

violations contains {"message": "a", "path": ""} if {
	http.send({"method": "get", "url": input.url})
}
