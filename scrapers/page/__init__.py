"""What one page says: links, signals, shapes, figures; and the rules that it is matched against."""
