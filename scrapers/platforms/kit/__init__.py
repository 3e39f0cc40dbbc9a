"""The toolbox of the platforms' readers."""
