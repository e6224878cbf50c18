"""What a reader sees of a published notice, in whatever format: blocks of words with their places in the file."""
