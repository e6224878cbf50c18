"""One way to say how the law changes a file: `render(forecast) -> str`."""
