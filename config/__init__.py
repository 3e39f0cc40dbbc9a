"""What people write: competitors.yaml, and the catalogue of rules as data."""
