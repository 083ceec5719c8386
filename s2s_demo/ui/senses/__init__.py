"""Tab See and hear: sources that are no text, made by the visitor's own hand, and attention drawn over them."""
