"""Row 8: the commands, one file each."""
