"""One way to say findings a file: `render(report) -> str`."""
