import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from live_cases import finished, make_run

import s2s_demo
from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.errors import CheckpointError
from s2s_demo.live import Run, as_translator, export_zip, import_zip


@pytest.fixture(scope="module")
def run() -> Run:
    return finished(make_run(updates=20))


@pytest.fixture(scope="module")
def packed(run: Run) -> bytes:
    return export_zip(run, storage="fp32")


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist()}


def test_a_model_taken_home_and_brought_back_translates_the_same(run: Run, packed: bytes, tmp_path: Path) -> None:
    back = import_zip(packed, tmp_path / "mine")
    here = as_translator(run).translate("ab").sentences[0].best
    there = back.translate("ab").sentences[0].best
    assert there.text == here.text
    assert there.score == pytest.approx(here.score, abs=1e-6)
    assert back.name == "copy-live"


def test_the_zip_is_a_checkpoint_folder_that_load_accepts(packed: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    assert s2s_demo.load(tmp_path / "copy-live").translate("ab").text is not None
    card = (tmp_path / "copy-live" / "README.md").read_text()
    assert "| update | 20 |" in card
    assert "exact match" in card


def test_using_a_model_elsewhere_does_not_stop_it_from_learning() -> None:
    run = make_run(updates=40)
    run.pause()
    run.start()
    run.settle()
    before = as_translator(run)
    frozen = {name: value.clone() for name, value in before.model.state_dict().items()}
    run.resume()
    assert run.join(20)
    assert run.view().state == "finished"
    assert all(torch.equal(value, before.model.state_dict()[name]) for name, value in frozen.items())


def without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {key: data for key, data in files.items() if key != name}


def with_config(**changes: object) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        config = json.loads(files["config.json"])
        config["model"] |= {key: value for key, value in changes.items() if key in config["model"]}
        config |= {key: value for key, value in changes.items() if key not in config["model"]}
        return files | {"config.json": json.dumps(config).encode()}

    return change


BAD: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "a missing file": (without("config.json"), "lacks config.json"),
    "a folder for each file": (
        lambda files: {f"{name[0]}/{name}": data for name, data in files.items()},
        "lacks token",
    ),
    "two checkpoints": (
        lambda files: {f"{place}/{name}": data for place in "ab" for name, data in files.items()},
        "several checkpoints: a, b; send one",
    ),
    "too many files": (lambda files: files | {f"{i}.txt": b"" for i in range(1001)}, "1,00. files"),
    "a bomb": (lambda files: files | {"README.md": b"0" * 2**21}, "larger than"),
    "no JSON": (lambda files: files | {"config.json": b"{"}, "config.json"),
    "a deep JSON": (lambda files: files | {"config.json": b"[" * 100_000}, "config.json"),
    "a list": (lambda files: files | {"config.json": b"[]"}, "config.json"),
    "a giant": (with_config(hidden_size=100_000), "hidden_size"),
    "half a unit": (with_config(hidden_size=1.5), "wrong kind"),
    "a name of another kind": (with_config(name=["x"]), "wrong kind"),
    "an unknown part": (with_config(attention="magic"), "attention"),
    "another size": (with_config(hidden_size=16), "damaged"),
    "broken weights": (lambda files: files | {"model.safetensors": b"no"}, "damaged"),
    "a broken tokenizer": (lambda files: files | {"tokenizer.model": b"no"}, "SentencePiece"),
}


GOOD: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "as macOS zips": lambda files: (
        {f"mine/{name}": data for name, data in files.items()}
        | {f"__MACOSX/mine/._{name}": b"\0\5" for name in files}
        | {"mine/.DS_Store": b"\0"}
    ),
    "a shipped folder": lambda files: files | {"recipe.json": b"{}", "recipe-1.json": b"{}", "notes.md": b"##"},
    "a run's folder": lambda files: (
        files
        | {"log.jsonl": b"", "resume.pt": b"\x80", "recipe.json": b"{}"}
        | {f"fp32/{name}": data for name, data in files.items()}
    ),
    "a script beside it": lambda files: files | {"setup.py": b"raise SystemExit"},
    "a path that climbs": lambda files: {f"../{name}": data for name, data in files.items()},
    "an absolute path": lambda files: {f"/{name}": data for name, data in files.items()},
    "deep inside": lambda files: {f"a/b/c/{name}": data for name, data in files.items()},
}


@pytest.mark.parametrize("what", GOOD)
def test_a_checkpoint_is_found_in_a_zip_and_nothing_else_is_written(what: str, packed: bytes, tmp_path: Path) -> None:
    back = import_zip(zipped(GOOD[what](unzipped(packed))), tmp_path / "place" / "upload")
    assert back.name == "copy-live"
    assert {path.name for path in tmp_path.rglob("*.*")} == set(unzipped(packed))
    assert {path.parent for path in tmp_path.rglob("*.*")} == {tmp_path / "place" / "upload"}


def test_weights_beyond_half_precision_come_back_as_they_were(run: Run, tmp_path: Path) -> None:
    translator = as_translator(run)
    with torch.no_grad():
        translator.model.output.bias[3] = 123_456.0
    save_checkpoint(translator, tmp_path / "mine", "fp16")
    files = {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()}
    back = import_zip(zipped(files), tmp_path / "back")
    assert back.model.output.bias[3] == 123_456.0


@pytest.mark.parametrize("what", BAD)
def test_an_upload_is_refused_with_the_reason(what: str, packed: bytes, tmp_path: Path) -> None:
    spoil, reason = BAD[what]
    with pytest.raises(CheckpointError, match=reason):
        import_zip(zipped(spoil(unzipped(packed))), tmp_path / "upload")
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize("cut", [0, 10, 500, 3000])
def test_a_damaged_zip_is_refused(packed: bytes, cut: int, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError):
        import_zip(packed[:cut], tmp_path)


def test_a_flipped_byte_is_noticed(packed: bytes, tmp_path: Path) -> None:
    spoilt = bytearray(packed)
    spoilt[len(spoilt) // 2] ^= 255
    with pytest.raises(CheckpointError):
        import_zip(bytes(spoilt), tmp_path)
