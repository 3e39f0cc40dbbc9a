"""The tests: from values to values, network only on loopback."""
