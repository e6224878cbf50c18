"""The beginning of a report in Markdown, where the page that shows it takes no more."""

MOST_BYTES = 900_000
"""The page of a workflow run on GitHub takes a mebibyte of each step, and refuses the whole of what is longer."""


def excerpt(markdown: str, most: int = MOST_BYTES) -> str:
    """As many whole sections as fit, and a line that says where it ends."""
    data = markdown.encode()
    if len(data) <= most:
        return markdown
    kept = data[:most].decode(errors="ignore")
    end = max(kept.rfind("\n## "), kept.rfind("\n### "), 0)
    return f"{kept[:end]}\n\n**The rest is left out, because this page takes no more.**\n"
