"""How the verdict on a flow comes about: coverage, the judge, promises, items, gaps, and the self-test."""
