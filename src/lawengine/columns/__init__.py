"""The columnar evaluator: many cases at once by NumPy code generated from one rulebook."""
