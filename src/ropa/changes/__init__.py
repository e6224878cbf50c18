"""What changed between two registers, who has to be told of it, and what is only planned."""
