"""What an organisation publishes, and what is on file of it: taken into the register, and held against the web."""
