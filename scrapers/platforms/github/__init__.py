"""GitHub: accounts, their repositories and releases."""
