"""Files in, documents out: YAML read to data with the place of every value, and held against its schema."""
