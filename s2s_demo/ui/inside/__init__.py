"""Tab Inside: one step of a decoder with all its numbers, and what would have been written otherwise."""
