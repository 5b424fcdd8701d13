"""Row 3: what is wrong or missing in a rulebook that could still be read."""
