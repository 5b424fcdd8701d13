"""Row 5: the reasons of a conclusion, argued, pruned and put into words."""
