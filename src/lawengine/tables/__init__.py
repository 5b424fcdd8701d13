"""Tables of orders: read against the vocabulary, and looked through for what calls for a look."""
