"""The text of a published notice: out of Markdown, HTML, Word or PDF, in one normal form with places."""
