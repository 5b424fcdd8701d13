"""Row 4: facts and the reference evaluator, which is the meaning of a rule."""
