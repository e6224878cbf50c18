"""One way to say how two registers differ a file: `render(comparison) -> str`."""
