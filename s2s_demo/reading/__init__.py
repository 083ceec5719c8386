"""What people type -> what a model reads -> what they get back.

typed        a text as it is read, beside what was typed
folding      looks, spaces, traditional characters: one form of each
capitals     a sentence in capitals as it is written otherwise
carried      what no model translates, by its looks
names        names that a model has hardly seen
stand_ins    words that take its place during the search, for every model copies them
reader       a sentence -> a Reading
signals      sources that are no text
writer       a hypothesis -> the visitor's form
"""

from s2s_demo.reading.reader import Reader
from s2s_demo.reading.reading import Carried, Reading
from s2s_demo.reading.signals import read_signal, source_encoder
from s2s_demo.reading.writer import Writer

__all__ = ["Carried", "Reader", "Reading", "Writer", "read_signal", "source_encoder"]
