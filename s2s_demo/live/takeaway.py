"""A trained model leaves the page as a zip of a checkpoint folder, and comes back as one, checked.

Nothing of an upload is executed, and nothing of it is written before its names and sizes are known
to be harmless.
"""

import io
import json
import lzma
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from s2s_demo.card import live_card
from s2s_demo.checkpoint import config_of, load, save_checkpoint
from s2s_demo.errors import CheckpointError
from s2s_demo.live.records import LaneView, RunView
from s2s_demo.live.run import Run
from s2s_demo.translator import Translator
from s2s_demo.words import ORIGINAL, speaking

MEGABYTE = 2**20
UPLOAD_BYTES = 80 * MEGABYTE
FILE_BYTES = {
    "config.json": MEGABYTE,
    "tokenizer.model": 8 * MEGABYTE,
    "model.safetensors": 80 * MEGABYTE,
    "README.md": MEGABYTE,
}
MOST_ENTRIES = 1000  # of a zip
NEEDED = ("config.json", "tokenizer.model", "model.safetensors")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
LARGEST = {  # of an uploaded architecture: what 2 CPU cores and a shared memory can carry
    "vocabulary_size": 32_000,
    "embedding_size": 512,
    "hidden_size": 512,
    "encoder_layers": 4,
    "decoder_layers": 4,
}


def as_translator(run: Run, lane: str = "A") -> Translator:
    """The run's model as it stands, for the visitor's *Translate*."""
    return run.translator(lane=lane)


def export_zip(run: Run, lane: str = "A", storage: str = "fp16") -> bytes:
    """The run's model as a zipped checkpoint folder, with a model card."""
    translator, view = run.translator(lane=lane), run.view()
    (shown,) = (each for each in view.lanes if each.name == lane)
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / translator.name
        save_checkpoint(translator, folder, storage)
        (folder / "README.md").write_text(model_card(translator, view, shown), encoding="utf-8")
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in FILE_BYTES:
                archive.write(folder / name, f"{translator.name}/{name}")
    return content.getvalue()


def model_card(translator: Translator, view: RunView, lane: LaneView) -> str:
    """README.md of a model that was trained in the page."""
    settings, rows = view.settings, [("update", f"{translator.card['updates']:,}")]
    if lane.checks:
        last = lane.checks[-1]
        rows += [
            ("exact match, greedy", f"{last.exact_match:.1%}"),
            ("loss after gold words", f"{last.gold.loss:.3f} nats per token"),
            ("loss after its own words", f"{last.own.loss:.3f} nats per token"),
        ]
        rows += [("BLEU, greedy", f"{last.bleu:.1f}")] if last.bleu is not None else []
    with speaking(ORIGINAL):  # the card is English, whoever takes the model home
        changes = [f"after update {event.update:,}: {event.label}" for event in view.events]
    how = f"Trained live on the task `{settings.task}`, seed {settings.seed}, {settings.optimiser} at "
    return live_card(config_of(translator), f"{how}{settings.learning_rate:g}.", rows, changes)


def import_zip(content: bytes, folder: Path) -> Translator:
    """A translator from an uploaded zip, unpacked into `folder`; CheckpointError says what is wrong with it."""
    files = read_zip(content)
    check_config(files["config.json"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        return load(folder, "cpu")
    except CheckpointError:
        for name in files:
            (folder / name).unlink()
        raise


def read_zip(content: bytes) -> dict[str, bytes]:
    """The files of the checkpoint in a zip; nothing else of it is read."""
    if len(content) > UPLOAD_BYTES:
        raise CheckpointError("live.large-upload", given=len(content) / MEGABYTE, most=UPLOAD_BYTES // MEGABYTE)
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            for name, entry in _known(entries).items():
                with archive.open(entry) as stream:
                    files[name] = stream.read(FILE_BYTES[name] + 1)  # what the header claims may be a lie
    except DAMAGE as error:
        raise CheckpointError("live.no-zip", error=error) from error
    for name, data in files.items():
        if len(data) > FILE_BYTES[name]:
            raise CheckpointError("live.large-file", file=name, most=FILE_BYTES[name] // MEGABYTE)
    return files


def _known(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of the checkpoint in a zip, by name: those beside the config.json that lies nearest to its top.

    What else stands there (a recipe, a log, what macOS adds) is passed over.
    """
    if len(entries) > MOST_ENTRIES:
        raise CheckpointError("live.many-files", given=len(entries), files=", ".join(FILE_BYTES))
    ours = [(PurePosixPath(entry.filename), entry) for entry in entries if not _is_rubbish(entry.filename)]
    holders = {path.parent for path, _ in ours if path.name == "config.json"}
    nearest = [place for place in holders if len(place.parts) == min(len(each.parts) for each in holders)]
    if len(nearest) > 1:
        raise CheckpointError("live.several-checkpoints", folders=", ".join(sorted(map(str, nearest)))[:200])
    known: dict[str, zipfile.ZipInfo] = {}
    for path, entry in ours:
        if path.name in FILE_BYTES and [path.parent] == nearest:
            if path.name in known:
                raise CheckpointError("live.twice", file=path)
            known[path.name] = entry
    if missing := [name for name in NEEDED if name not in known]:
        raise CheckpointError("live.lacks", files=", ".join(missing))
    return known


def _is_rubbish(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._")


def check_config(content: bytes) -> None:
    """Refuse a config.json that is not plain or asks for a model too large to build."""
    try:
        config: Any = json.loads(content)
        names = [config.get(key, "") for key in ("name", "source_language", "target_language")]
        sizes = {key: config["model"].get(key, 1) for key in LARGEST}
        plain = all(isinstance(name, str) and len(name) <= 100 for name in names)
        plain &= all(type(size) is int for size in sizes.values()) and isinstance(config.get("card", {}), dict)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise CheckpointError("live.strange-config", error=repr(error)) from error
    if not plain:
        raise CheckpointError("live.wrong-kind")
    for key, size in sizes.items():
        if not 1 <= size <= LARGEST[key]:
            raise CheckpointError("live.large-model", setting=key, given=size, most=LARGEST[key])
