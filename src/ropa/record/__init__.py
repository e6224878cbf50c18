"""The record of processing that Article 30 asks for: gathered, in tables, and as a workbook."""
