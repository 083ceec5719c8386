"""Sounds as WAV files, by the standard library: PCM of 8 or 16 bits, any rate, any number of channels."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import InputError

Samples = NDArray[np.float32]  # -1 to 1

RATE = 2000  # samples a second that are looked at where nothing else is said; a tone of up to 1 kHz fits
RATES = (2000, 192_000)
LONGEST_SECONDS = 18.0


def write_wav(samples: Samples, rate: int = RATE) -> bytes:
    """A sound at this rate as a file of 8 bits, beyond -1 and 1 cut."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes((samples * 127 + 128.5).clip(0, 255).astype(np.uint8).tobytes())
    return content.getvalue()


def read_wav(content: bytes, wanted: int = RATE) -> Samples:
    """The sound in a file, mono at the `wanted` rate; InputError says what is wrong with it.

    Rate, length and width are checked before a sample is read.
    """
    try:
        with wave.open(io.BytesIO(content), "rb") as file:
            rate, width, channels, frames = (
                file.getframerate(),
                file.getsampwidth(),
                file.getnchannels(),
                file.getnframes(),
            )
            if width not in (1, 2) or not RATES[0] <= rate <= RATES[1]:
                raise InputError("signal.sound-kind", bits=8 * width, rate=rate, low=RATES[0], high=RATES[1])
            if not 0 < frames <= LONGEST_SECONDS * rate:
                raise InputError("signal.sound-length", seconds=frames / rate, most=LONGEST_SECONDS)
            data = file.readframes(frames)
    except (wave.Error, EOFError, ValueError, ZeroDivisionError) as error:
        raise InputError("signal.no-sound", why=repr(error)) from error
    whole = len(data) // (width * channels) * width * channels
    read = np.frombuffer(data[:whole], np.uint8 if width == 1 else "<i2").astype(np.float32)
    samples = (read - 128) / 128 if width == 1 else read / 32768
    mono: Samples = samples.reshape(-1, channels).mean(axis=1)
    return resampled(mono, rate, wanted)


def resampled(samples: Samples, rate: float, wanted: float = RATE) -> Samples:
    """A sound at the `wanted` rate: means of neighbours where it had more samples (a plain low-pass), then lines."""
    if rate == wanted or not len(samples):
        return samples
    if width := int(rate / wanted) // 2 * 2:  # an even number of neighbours on each side keeps its place
        samples = np.convolve(samples, np.full(width + 1, 1 / (width + 1), np.float32), mode="same")
    places = np.arange(int(len(samples) * wanted / rate)) * (rate / wanted)
    found: Samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
    return found
