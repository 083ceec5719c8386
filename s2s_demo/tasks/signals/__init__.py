"""Tasks whose sources are no text: handwriting, Morse code, spoken digits, shapes that lie or move; all by code."""

from s2s_demo.tasks.signals.films import Films
from s2s_demo.tasks.signals.handwriting import Handwriting
from s2s_demo.tasks.signals.morse import Morse
from s2s_demo.tasks.signals.shapes import Shapes
from s2s_demo.tasks.signals.signal_task import SignalTask
from s2s_demo.tasks.signals.spoken_digits import SpokenDigits

__all__ = ["Films", "Handwriting", "Morse", "Shapes", "SignalTask", "SpokenDigits"]
