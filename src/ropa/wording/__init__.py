"""What a text seems to say, by its words alone: it raises questions, and never counts as told."""
