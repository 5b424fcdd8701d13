"""Row 3: a rulebook that was read once, kept as data for the next start."""
