"""Row 6: cases read from files, run, and compared with what was decided."""
