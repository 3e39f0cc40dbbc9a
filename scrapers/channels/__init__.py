"""Whose a profile is: profiles found, read, and judged."""
