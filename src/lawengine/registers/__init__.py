"""Row 5: lists, benefits and duties - what attaches to a party over time, from a case's facts."""
