"""Tab Train: a model learns while you watch."""
