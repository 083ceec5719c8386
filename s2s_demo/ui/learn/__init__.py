"""Tab Learn: a tour from the first sequence to the Transformer, a timeline, and lessons to hand out."""
