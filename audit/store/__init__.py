"""History: snapshots in SQLite, one transaction a company, with migrations and a lock."""
