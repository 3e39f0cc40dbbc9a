"""Rules applied to pages: channels, features and sections found, with their proof."""
