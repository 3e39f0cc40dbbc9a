"""Audits made by themselves: when one is due, and what each system must be told to make it."""
