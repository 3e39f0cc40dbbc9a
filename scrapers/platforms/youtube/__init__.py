"""YouTube: its pages, its feeds, its Data API."""
