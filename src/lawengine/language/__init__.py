"""Row 3: from source text to the typed rulebook, and from the tree back to text."""
