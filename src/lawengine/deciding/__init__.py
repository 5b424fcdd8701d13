"""Row 6: the strata in their order, and the decision they make."""
