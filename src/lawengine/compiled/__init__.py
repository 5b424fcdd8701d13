"""Row 6b: the compiled evaluator. Python source made of the rules that a case touches.

It says the same as the reference evaluator, which decides whatever is not known exactly.
"""
