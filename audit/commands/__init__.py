"""One small function per subcommand."""
