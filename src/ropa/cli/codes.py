"""What a command ends with. Python's own 1 would read as "findings", so a crash is 2."""

CLEAN, FOUND, BROKEN, INTERRUPTED = 0, 1, 2, 130
