"""The demo: a small web of invented companies, served on this machine and audited for real."""
