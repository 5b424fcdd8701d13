"""Row 5: the general part, from established rules to a lawful range for each act."""
