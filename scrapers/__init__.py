"""What comes in from outside: pages, feeds, robots rules, and the facts read from them."""
