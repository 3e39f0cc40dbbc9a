"""How topics are found: texts of posts, words that say something, themes, labels, shares."""
