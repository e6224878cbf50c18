"""From a diagram to a drawing: where each box and line goes, and its SVG."""
