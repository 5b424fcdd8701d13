"""Which version of the program this is; every decision names it."""

VERSION = "0.1.0"

DECISION_FORMAT = "1"
"""Raised when a field of a decision as JSON goes or changes its meaning; a new one leaves it."""
