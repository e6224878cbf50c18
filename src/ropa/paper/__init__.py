"""Reports for reading: a manuscript, and its typesetting as PDF."""
