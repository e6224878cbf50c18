"""Many registers: each checked as a row of its own, kept, compared with the last time, and summed up."""
