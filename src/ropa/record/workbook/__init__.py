"""The record as a workbook, and back: cells, rows, and the lines of YAML to amend."""
