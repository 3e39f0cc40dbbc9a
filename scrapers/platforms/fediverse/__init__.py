"""The fediverse: accounts on Mastodon, Lemmy, PeerTube, Pixelfed and their kin."""
