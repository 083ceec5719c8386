"""Ink, sound, pictures and films as rows of numbers: nothing lost, and what is wrong with a file said in words."""

import io
import struct
import wave
import zlib

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import s2s_demo
from s2s_demo.errors import InputError
from s2s_demo.signals import SIGNALS, Signal
from s2s_demo.signals.document import MOST_BYTES, as_document, content_of
from s2s_demo.signals.png import SIGNATURE, _chunk, read_png, write_png
from s2s_demo.signals.raster import resized
from s2s_demo.signals.sound import HOP, WINDOW, Sound, spectrogram
from s2s_demo.signals.wav import RATE, read_wav, write_wav

PICTURES = arrays.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)))


def png(pixels: np.ndarray, filters: list[int], colour: int, depth: int = 8) -> bytes:
    """A PNG whose lines are filtered as the standard says, by its formulas, byte by byte."""
    height, width, channels = pixels.shape
    lines = pixels.reshape(height, -1).astype(int)
    written = b""
    for y in range(height):
        here, above = lines[y], lines[y - 1] if y else np.zeros_like(lines[0])
        row = bytearray([filters[y % len(filters)]])
        for x in range(len(here)):
            a = here[x - channels] if x >= channels else 0
            b, c = above[x], above[x - channels] if x >= channels else 0
            nearest = min((a, b, c), key=lambda v, a=a, b=b, c=c: abs(a + b - c - v))
            row.append((here[x] - [0, a, b, (a + b) // 2, nearest][row[0]]) % 256)
        written += bytes(row)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(written)) + _chunk(b"IEND", b"")


def wav(samples: np.ndarray, rate: int = RATE, width: int = 2, channels: int = 1) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(samples.astype({1: np.uint8, 2: "<i2", 3: "<i4"}[width]).tobytes())
    return content.getvalue()


@given(PICTURES)
def test_a_picture_that_is_written_is_read_again(pixels: np.ndarray) -> None:
    assert (read_png(write_png(pixels)) == pixels).all()
    assert (read_png(write_png(pixels[..., 0])) == pixels[..., :1]).all()


@given(PICTURES, st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_every_filter_of_a_png_is_undone(pixels: np.ndarray, filters: list[int]) -> None:
    assert (read_png(png(pixels, filters, colour=2)) == pixels).all()


def test_transparency_lies_on_white() -> None:
    pixels = np.array([[[10, 20, 30, 255], [10, 20, 30, 0]]], np.uint8)
    assert read_png(png(pixels, [0], colour=6)).tolist() == [[[10, 20, 30], [255, 255, 255]]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"GIF89a", "no PNG picture"),
        (SIGNATURE, "no PNG picture"),
        (SIGNATURE + _chunk(b"IHDR", b"\0" * 5), "no PNG picture"),
        (write_png(np.zeros((2, 2, 3), np.uint8)).replace(b"IDAT", b"IDOT"), "no PNG picture"),
        (
            SIGNATURE
            + _chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0))
            + _chunk(b"IDAT", zlib.compress(b"\0" * 9)),
            "9 of 252 bytes",
        ),
        (SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31, 1, 8, 2, 0, 0, 0)), "at most 4000 along a side"),
        (SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", 3999, 3999, 8, 2, 0, 0, 0)), "4 million in all"),
        (png(np.zeros((2, 2, 1), np.uint8), [0], colour=3), "without a palette"),
        (png(np.zeros((2, 2, 1), np.uint8), [0], colour=0, depth=16), "has 16 bits"),
        (png(np.zeros((2, 2, 1), np.uint8), [0], colour=0).replace(b"\0\0\0\0\1", b"\0\0\0\0\1"), None),
    ],
)
def test_a_hostile_png_is_refused_in_words(content: bytes, says: str | None) -> None:
    if says is None:
        read_png(content)
        return
    with pytest.raises(InputError, match=says):
        read_png(content)


def test_a_png_that_unpacks_to_more_than_its_size_costs_no_more_than_its_size() -> None:
    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    bomb = zlib.compress(bytes(50_000_000), 9)
    pixels = read_png(SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", bomb) + _chunk(b"IEND", b""))
    assert pixels.shape == (2, 2, 3)


@given(arrays.arrays(np.uint8, st.integers(1, 300)))
def test_a_sound_that_is_written_is_read_again(samples: np.ndarray) -> None:
    sound = (samples.astype(np.float32) - 128) / 128
    np.testing.assert_allclose(read_wav(write_wav(sound)), sound, atol=0.02)


@pytest.mark.parametrize(("rate", "width", "channels"), [(44100, 2, 2), (8000, 1, 1), (48000, 2, 1), (22050, 2, 1)])
def test_a_tone_keeps_its_pitch_and_place_at_any_rate(rate: int, width: int, channels: int) -> None:
    times = np.arange(rate) / rate
    tone = np.where(times >= 0.5, np.sin(2 * np.pi * 625 * times), 0)
    samples = np.repeat(tone * 100 + 128 if width == 1 else tone * 20000, channels)
    found = spectrogram(read_wav(wav(samples, rate, width, channels)))
    loud = found[:, 20]  # 625 Hz / 31.25
    assert found[40:60].mean(axis=0).argmax() == 20
    assert abs(int((loud > loud.max() / 2).argmax()) * HOP / RATE - 0.5) < 0.04


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"hello, I am a text\n" * 9, "no WAV file"),
        (b"", "no WAV file"),
        (wav(np.zeros(100))[:30], "no WAV file"),
        (wav(np.zeros(100), width=3), "has 24 bits"),
        (wav(np.zeros(100), rate=400), "400 Hz"),
        (wav(np.zeros(0)), "lasts 0.0 seconds"),
        (wav(np.zeros(40 * RATE)), "up to 18 seconds"),
    ],
)
def test_a_file_that_is_no_usable_sound_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_wav(content)


def test_a_recording_of_two_hours_is_refused_before_it_is_read() -> None:
    content = bytearray(wav(np.zeros(100)))
    content[40:44] = struct.pack("<I", 2 * 7200 * RATE)  # the length that its header claims
    with pytest.raises(InputError, match=r"lasts 7,200\.0 seconds"):
        read_wav(bytes(content))


def test_the_spectrogram_is_that_of_torch() -> None:
    samples = np.random.default_rng(1).standard_normal(1000).astype(np.float32)
    window = torch.hann_window(WINDOW)
    expected = torch.stft(torch.from_numpy(samples), WINDOW, HOP, window=window, center=False, return_complex=True)
    np.testing.assert_allclose(spectrogram(samples), expected.abs().T.numpy(), atol=1e-3)


def test_loudness_of_the_whole_changes_nothing() -> None:
    sound = np.sin(np.arange(3000) * 1.5).astype(np.float32)
    np.testing.assert_allclose(Sound().of(sound), Sound().of(0.1 * sound), atol=1e-4)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12), st.integers(1, 12))
def test_a_resized_picture_keeps_its_mean(height: int, width: int, tall: int, wide: int) -> None:
    pixels = np.random.default_rng(height).random((height, width)).astype(np.float32)
    found = resized(pixels, tall, wide)
    assert found.shape == (tall, wide)
    assert found.mean() == pytest.approx(pixels.mean(), abs=1e-5)


def test_a_line_reads_the_same_in_any_size_margin_and_shade() -> None:
    pen = np.zeros((24, 40), np.uint8)
    pen[:, 3:9] = pen[18:, 20:30] = pen[:3, 36:40] = 255
    ink = SIGNALS["ink"]
    rows = ink.read(as_document("image/png", write_png(255 - pen)))
    for other in (np.kron(255 - pen, np.ones((3, 3), np.uint8)), np.pad(pen, 9), 200 - pen // 2):
        np.testing.assert_allclose(ink.read(as_document("image/png", write_png(other))), rows, atol=0.01)


@pytest.mark.parametrize(
    ("signal", "content", "says"),
    [
        ("ink", write_png(np.full((20, 20), 255, np.uint8)), "no ink"),
        ("ink", write_png(np.pad(np.zeros((1, 900), np.uint8), 1, constant_values=255)), "900 times as long"),
        ("film", write_png(np.full((16, 16 * 50), 255, np.uint8)), "1 to 40 square frames"),
        ("sound", write_wav(np.zeros(1000, np.float32) - 0.004), "no tone to hear"),
    ],
)
def test_what_cannot_be_a_source_is_refused_in_words(signal: str, content: bytes, says: str) -> None:
    kind = SIGNALS[signal]
    with pytest.raises(InputError, match=says):
        kind.read(as_document(kind.media, content))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("hello", "“hello” is none"),
        ("data:audio/wav;base64,AAAA", "a file of the kind audio/wav was given"),
        ("data:image/png;base64,A", "did not arrive whole"),
        ("data:image/png;base64,<b>", "did not arrive whole"),
        ("data:image/png;base64," + "A" * (MOST_BYTES * 2), "at most 2 MB"),
    ],
)
def test_a_document_of_another_kind_is_refused_in_words(document: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        content_of(document, "image/png")


def test_a_file_is_a_source_by_its_name_and_a_large_one_is_not_even_read(tmp_path) -> None:
    content = write_png(np.zeros((2, 3, 3), np.uint8))
    (tmp_path / "A.PNG").write_bytes(content)
    assert s2s_demo.read_source(tmp_path / "A.PNG") == as_document("image/png", content)
    with open(tmp_path / "two hours.wav", "wb") as file:
        file.truncate(2 * 3600 * 44_100 * 2)
    for name, says in (
        ("two hours.wav", "has 635.0 MB; at most 2 MB"),
        ("none.wav", "No such file"),
        ("a.mp3", "“?a.mp3”? is no file that is read; give one whose name ends in .png, .wav"),
    ):
        with pytest.raises(InputError, match=says):
            s2s_demo.read_source(tmp_path / name)


@pytest.mark.parametrize("kind", SIGNALS.values(), ids=list(SIGNALS))
def test_a_signal_explains_itself_and_names_every_place_otherwise(kind: Signal) -> None:
    assert kind.__doc__
    assert kind.size % kind.frames == 0
    names = kind.tokens(16)
    assert len(set(names)) == 16
    assert all(name.startswith("\u2581") for name in names)
