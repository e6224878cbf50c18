"""Records of processing as others keep them: tables with any headings, and cells as people write them."""
