"""One fault a file: the file name is the rule, the docstring its page."""
