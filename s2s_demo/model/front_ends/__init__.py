"""What stands in place of the embedding where a source is a signal: one file and one line here each."""

from s2s_demo.model.front_ends.base import FrontEnd
from s2s_demo.model.front_ends.convolutional import ConvolutionalFrontEnd
from s2s_demo.model.front_ends.linear import LinearFrontEnd
from s2s_demo.model.front_ends.perceptron import PerceptronFrontEnd

FRONT_ENDS: dict[str, type[FrontEnd]] = {
    "linear": LinearFrontEnd,
    "perceptron": PerceptronFrontEnd,
    "convolutional": ConvolutionalFrontEnd,
}

__all__ = ["FRONT_ENDS", "FrontEnd"]
