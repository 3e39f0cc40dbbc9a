"""Readers of the public interfaces of known software, one file each."""
