"""Row 5: from the measures of established rules to a lawful range, by the general part."""
