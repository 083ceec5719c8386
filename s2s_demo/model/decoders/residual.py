"""GNMT's decoder with residual connections in its stacks."""

from s2s_demo.model.decoders.gnmt import GNMTDecoder
from s2s_demo.model.recurrent import ResidualStack


class ResidualDecoder(GNMTDecoder):
    r"""Wu et al. 2016, section 3.1: in both networks a layer adds to what it reads.

    $x^{l+1} = x^l + \mathrm{RNN}^l(x^l)$ from the second layer on; all else as in the gnmt decoder.
    For stacks of three layers and more, which hardly learn without.
    """

    stack = ResidualStack
