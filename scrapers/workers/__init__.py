"""Worker processes in which everything is read that came from outside."""
