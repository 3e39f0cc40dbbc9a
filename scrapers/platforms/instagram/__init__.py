"""Instagram: pages, and the posts as its own scripts get them."""
