"""Public interfaces that list the posts of a company, one file a software."""
