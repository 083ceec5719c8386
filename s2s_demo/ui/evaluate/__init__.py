"""Tab Evaluate: how good a model is on many sentences."""
