"""How things are said in plain words: phrases, and differences between texts."""
