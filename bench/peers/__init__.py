"""Workload W in the languages of other rule engines, timed beside ours in one process."""
