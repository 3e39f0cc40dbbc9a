"""Pure readers: bytes in, facts out; nothing here knows a platform or a rule."""
