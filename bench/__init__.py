"""Measurements of the engine: reports with ratios of one run, never timed tests."""
