"""One file per worksheet."""
