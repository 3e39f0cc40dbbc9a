"""What was read in the run before, for pages whose bytes are still the same."""
