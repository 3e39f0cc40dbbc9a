"""TikTok, and the player that it lets others embed."""
