"""Pictures as PNG files, by zlib and NumPy alone: 8 bits a channel, not interlaced, up to a size that is checked first.

Boutell et al., Portable Network Graphics (W3C, third edition): sections 5 (chunks), 7 (scan lines) and 9 (filters).
"""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import InputError

Pixels = NDArray[np.uint8]  # [height, width, 3]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LONGEST_SIDE = 4000  # pixels
MOST_PIXELS = 4_000_000
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by colour type: grey, RGB, each with alpha; palettes are left out


def write_png(pixels: Pixels) -> bytes:
    """A picture [height, width, 3], or grey [height, width], as a file."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + pixels[0].size), np.uint8)  # each begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if pixels.ndim == 3 else 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 1)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def read_png(content: bytes) -> Pixels:
    """The picture in a file, transparency laid on white; InputError says what is wrong with it.

    Its size is checked before a pixel is unpacked, and no more is unpacked than that size needs.
    """
    chunks = _chunks(content)
    try:
        width, height, depth, colour, *methods = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    except (KeyError, struct.error) as error:
        raise InputError("signal.no-picture", why=repr(error)) from error
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        raise InputError("signal.picture-size", width=width, height=height, most=LONGEST_SIDE)
    if depth != 8 or colour not in CHANNELS or any(methods):
        raise InputError("signal.picture-kind", depth=depth, colour=colour)
    channels = CHANNELS[colour]
    size = height * (1 + width * channels)
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(chunks.get(b"IDAT", b""), size)
    except zlib.error as error:
        raise InputError("signal.no-picture", why=error) from error
    if len(data) != size:
        raise InputError("signal.no-picture", why=f"{len(data)} of {size} bytes")
    rows = np.frombuffer(data, np.uint8).reshape(height, -1)
    return _on_white(_unfiltered(rows[:, 0], rows[:, 1:], channels).reshape(height, width, channels))


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The chunks of a file by kind; parts of one kind together."""
    if not content.startswith(SIGNATURE):
        raise InputError("signal.no-picture", why=repr(content[:8]))
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at + 8 <= len(content) and b"IEND" not in found:
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        found[kind] = found.get(kind, b"") + content[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _unfiltered(filters: Pixels, rows: Pixels, channels: int) -> Pixels:
    """Scan lines [height, bytes] with what each left out put back; `channels` is how far "left" is."""
    if not filters.any():
        return rows
    found = np.zeros((len(rows) + 1, channels + rows.shape[1]), np.uint8)  # a line above, a pixel at the left: zeros
    for y, (kind, row) in enumerate(zip(filters.tolist(), rows, strict=True), start=1):
        above, here = found[y - 1], found[y]
        if kind == 0:
            here[channels:] = row
        elif kind == 1:
            here[channels:] = np.cumsum(row.reshape(-1, channels), axis=0, dtype=np.uint8).ravel()
        elif kind == 2:
            here[channels:] = row + above[channels:]
        elif kind in (3, 4):
            _step_by_step(here, above, row, channels, kind)
        else:
            raise InputError("signal.no-picture", why=f"filter {kind}")
    return found[1:, channels:]


def _step_by_step(here: Pixels, above: Pixels, row: Pixels, channels: int, kind: int) -> None:
    """The filters whose bytes need the byte just found: 3 the mean of left and above, 4 Paeth's choice."""
    over: list[int] = above.tolist()
    found: list[int] = [0] * channels
    for at, value in enumerate(row.tolist()):
        left, up = found[at], over[at + channels]  # both are shifted by a pixel
        guess = (left + up) // 2 if kind == 3 else _paeth(left, up, over[at])
        found.append((value + guess) & 255)
    here[:] = found


def _paeth(left: int, up: int, corner: int) -> int:
    """Whichever of the three is nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))  # the first of several, as the standard says


def _on_white(pixels: Pixels) -> Pixels:
    """Any number of channels as RGB."""
    channels = pixels.shape[2]
    colours = pixels[..., : 1 if channels < 3 else 3]
    if channels in (2, 4):
        alpha = pixels[..., -1:].astype(np.uint16)
        colours = ((colours * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
    return np.broadcast_to(colours, (*pixels.shape[:2], 3)) if channels < 3 else colours
