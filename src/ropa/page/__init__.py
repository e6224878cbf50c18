"""The page to review before a notice is published: one HTML file, its script and its style."""
