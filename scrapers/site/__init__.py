"""Walking a company's site, and deciding what it has."""
