"""The invented platforms, a few of a kind to a file: how each replies for its profiles."""
