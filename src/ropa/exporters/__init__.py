"""One artefact made of the register a file."""
