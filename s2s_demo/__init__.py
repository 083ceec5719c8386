"""Sequence-to-sequence models with attention, made visible.

text, tasks           sentences, subwords, batches; what can be learnt
model                 encoder, attention, decoder: encode once, step many times
decoding, training    search with its whole trace; learning as a generator
translator            text in, Translation out: the front door
checkpoint            a translator as a folder
evaluation            BLEU, chrF, TER
explain               why the model wrote that
views, ui             records as Plotly figures; the page
"""

import os
from typing import TYPE_CHECKING, Any

# oneDNN keeps compiled kernels for 1,024 shapes; text comes in thousands of shapes, and that grew to gigabytes.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "128")

if TYPE_CHECKING:
    from s2s_demo import explain as explain
    from s2s_demo.checkpoint import load as load
    from s2s_demo.decoding import Beam as Beam
    from s2s_demo.decoding import Greedy as Greedy
    from s2s_demo.decoding import Sampling as Sampling
    from s2s_demo.errors import S2SError as S2SError
    from s2s_demo.signals.document import read_source as read_source
    from s2s_demo.tasks import read_pairs as read_pairs
    from s2s_demo.translator import Translator as Translator

__version__ = "0.1.0"

_HOMES = {
    "load": "checkpoint",
    "Beam": "decoding",
    "Greedy": "decoding",
    "Sampling": "decoding",
    "S2SError": "errors",
    "Translator": "translator",
    "read_pairs": "tasks",
    "read_source": "signals.document",
}
__all__ = [*_HOMES, "__version__", "explain"]


def __getattr__(name: str) -> Any:
    """Import the heavy parts when somebody asks for them, so that `import s2s_demo` is instant."""
    from importlib import import_module

    if name == "explain":
        return import_module("s2s_demo.explain")
    if name not in _HOMES:
        raise AttributeError(f"module 's2s_demo' has no attribute {name!r}")
    return getattr(import_module(f"s2s_demo.{_HOMES[name]}"), name)
