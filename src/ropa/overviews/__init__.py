"""One way to say how many registers stand a file: `render(fleet) -> str | bytes`."""
