"""Reforms applied to a rulebook, and what they change in it."""

from lawengine.reforms.applying import Applied, apply
from lawengine.reforms.changes import Changed, Difference, changes

__all__ = ["Applied", "Changed", "Difference", "apply", "changes"]
