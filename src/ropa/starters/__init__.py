"""A register to begin with: whose it is, and what every body of its kind has, marked until somebody confirms it."""
