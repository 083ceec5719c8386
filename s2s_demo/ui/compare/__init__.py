"""Tab Compare: one sentence through several models and ways to decode."""
