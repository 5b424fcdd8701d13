"""Row 6c: synthetic populations of cases drawn from written assumptions, and weights for them."""
