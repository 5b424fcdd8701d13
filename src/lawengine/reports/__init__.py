"""Row 6: decisions and reasons rendered for people and for programs."""
