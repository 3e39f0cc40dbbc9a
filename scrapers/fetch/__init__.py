"""All network: the client, lanes, robots, limits, archive and replay."""
