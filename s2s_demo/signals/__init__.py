"""Sources that are no text: ink, sound, pictures, moving pictures, read as rows of numbers.

Such a source travels as a data URI ("data:image/png;base64,..."), which is text: it fits wherever a sentence does, in
pairs, test sets, files of lines, links of a chain of stages, JSON.  A signal reads it: [S, F] numbers, a row for each
place that attention can look at.  Nothing here knows of models, tasks or pages.

document     a data URI <-> bytes of one kind, not too many
png          pictures, by zlib alone
wav          sounds, by the standard library
raster       pictures made smaller or larger
signal       what every signal promises
ink          a line of handwriting, in columns
picture      a picture, in patches
film         a strip of frames
sound        a recording, as a spectrogram
speech       a voice, as a spectrogram in bands
"""

from s2s_demo.signals.film import Film
from s2s_demo.signals.ink import Ink
from s2s_demo.signals.picture import Picture
from s2s_demo.signals.signal import Features, Signal
from s2s_demo.signals.sound import Sound
from s2s_demo.signals.speech import Speech

SIGNALS: dict[str, Signal] = {"ink": Ink(), "sound": Sound(), "speech": Speech(), "picture": Picture(), "film": Film()}

__all__ = ["SIGNALS", "Features", "Signal"]
