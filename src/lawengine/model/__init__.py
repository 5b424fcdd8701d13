"""Row 2: the typed rulebook. What was read, resolved and checked; it needs no parser to run."""
