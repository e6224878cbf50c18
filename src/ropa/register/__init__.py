"""The register: its model, its words, and how documents become it."""
