"""Row 6: weights of indicators from data, by the first principal component."""
