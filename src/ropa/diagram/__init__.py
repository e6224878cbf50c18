"""The data-flow diagram: what it shows, where each box and line goes, and its SVG."""
