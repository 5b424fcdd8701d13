"""Row 6b: the compiled evaluator. Python source made of the rules that a case touches.

It says the same as the reference evaluator, also where facts are missing or within bounds.
"""
