"""The model, small enough to read in one sitting: `seq2seq.py` puts the parts together.

Axes, the same everywhere: B batch, S source positions, T target positions, K beam (hypotheses
of one sentence), Q queries (T when a whole target is run, K in a search), E embedding, H hidden,
M memory, A attention, V vocabulary, L layers.  Batch comes first; an alignment is [T, S]: a row
for each target word, a column for each source word.
"""

from s2s_demo.model.config import ModelConfig
from s2s_demo.model.seq2seq import Seq2Seq, parameters_of
from s2s_demo.model.tensors import DecoderState, Look, Memory, Step

__all__ = ["DecoderState", "Look", "Memory", "ModelConfig", "Seq2Seq", "Step", "parameters_of"]
