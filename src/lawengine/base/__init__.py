"""Row 1: what every other package stands on, and what depends on nothing of ours."""
