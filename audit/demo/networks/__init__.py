"""The invented platforms, a few of a kind to a file: what each answers for its accounts."""
