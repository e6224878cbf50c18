"""One foreign format a file, turned into YAML of ours."""
