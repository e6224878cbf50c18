"""The law of the day as dated tables, each row with its source and when it was read."""
