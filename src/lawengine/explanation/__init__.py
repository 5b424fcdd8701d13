"""Row 5: reasons as data, and the words for conditions in both languages."""
