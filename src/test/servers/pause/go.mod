module dev.acme53/servers/pause

go 1.26.0
