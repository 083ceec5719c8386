"""A trained translator as a folder of plain data: nothing in it is ever executed.

config.json         architecture, languages, and the figures measured with `s2s-demo evaluate`
tokenizer.model     SentencePiece
model.safetensors   weights; matrices as int8 with one scale per row, or as fp16 or fp32
README.md           the model card
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as tensors_in
from safetensors.torch import save
from torch import Tensor

from s2s_demo.errors import CheckpointError, S2SError, SettingError, check_choice
from s2s_demo.files import write_atomically
from s2s_demo.languages import language_of
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.model.packed import freeze
from s2s_demo.tasks import made_task
from s2s_demo.text import Tokenizer
from s2s_demo.translator import Translator

FORMAT = 1
LARGEST_FP16 = torch.finfo(torch.float16).max  # 65,504
TIED = ("source_embedding.weight", "target_embedding.weight", "output.weight")  # stored under the first there is
STORAGES = ("int8", "fp16", "fp32")
FILES = ("config.json", "tokenizer.model", "model.safetensors")
SHIPPED = Path(__file__).resolve().parent.parent / "checkpoints"


def checkpoints_folder() -> Path:
    """Where named checkpoints live.

    `$S2S_DEMO_CHECKPOINTS`, else `checkpoints/` beside the package, else (of an installed package) `checkpoints/` in
    the folder where the program was started.
    """
    if given := os.environ.get("S2S_DEMO_CHECKPOINTS"):
        return Path(given)
    return SHIPPED if SHIPPED.is_dir() else Path("checkpoints").resolve()


def none_here() -> SettingError:
    """What to raise where there is no named checkpoint at all."""
    return SettingError("checkpoint.none-here", folder=checkpoints_folder())


def available() -> list[str]:
    """The names `load` knows."""
    return sorted(path.parent.name for path in checkpoints_folder().glob("*/config.json"))


def describe_all() -> list[dict[str, Any]]:
    """What `describe` says of every named checkpoint."""
    return [describe(name) for name in available()]


def describe(name: str) -> dict[str, Any]:
    """Name, languages, task, size and measured figures of a named checkpoint, without loading the model."""
    folder = checkpoints_folder() / name
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return {
            "name": name,
            "source_language": config["source_language"],
            "target_language": config["target_language"],
            "attention": config["model"]["attention"],
            "encoder": config["model"].get("encoder", "recurrent"),
            "decoder": config["model"]["decoder"],
            "task": config["card"].get("task", ""),
            "parameters": config["parameters"],
            "megabytes": sum(path.stat().st_size for path in folder.iterdir()) / 1e6,
            **{figures: config["card"].get(figures, []) for figures in ("evaluations", "by_length", "by_beam")},
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError("checkpoint.no-config", folder=folder, why=error) from error


def pick_device(device: str = "auto") -> torch.device:
    """ "auto" is the GPU where there is one, else the CPU."""
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise CheckpointError("checkpoint.no-gpu")
    check_choice("device", device, ["auto", "cpu", "cuda", *(f"cuda:{i}" for i in range(torch.cuda.device_count()))])
    return torch.device(device)


def find(name: str | Path) -> Path:
    """The folder of a checkpoint, given its name or its path."""
    folder = Path(name)
    if not _is_file(folder / "config.json"):
        folder = checkpoints_folder() / str(name)
    missing = [file for file in FILES if not _is_file(folder / file)]
    if missing:
        if not available():
            raise CheckpointError("checkpoint.unknown-of-none", name=str(name), why=none_here())
        files, others = ", ".join(missing), ", ".join(available())
        raise CheckpointError("checkpoint.unknown", name=str(name), files=files, folder=folder, available=others)
    return folder


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long to be one, or with a zero byte
        return False


def load(name: str | Path = "en-fr", device: str = "auto") -> Translator:
    """A translator by the name of a shipped checkpoint, or from a checkpoint folder.

    Matrices of 100,000 numbers or more are rounded to fp16, however they are stored, and computed with in fp32: so
    searches can be packed (`model/packed.py`), and every device sees the same numbers.
    """
    folder = find(name)
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config["format"] != FORMAT:
            raise CheckpointError("checkpoint.other-format", name=folder.name, format=config["format"], readable=FORMAT)
        tokenizer = Tokenizer((folder / "tokenizer.model").read_bytes())
        model = Seq2Seq(ModelConfig(**config["model"]), seed=None)
        model.load_state_dict(unpack(tensors_in((folder / "model.safetensors").read_bytes()), model))
        _check(config, model)
    except S2SError as error:
        raise CheckpointError("checkpoint.unusable", name=folder.name, why=error) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError, RuntimeError, SafetensorError) as error:
        raise CheckpointError("checkpoint.damaged", name=folder.name, why=error) from error
    if len(tokenizer) != model.config.vocabulary_size:
        raise CheckpointError(
            "checkpoint.other-tokenizer",
            name=folder.name,
            pieces=len(tokenizer),
            vocabulary=model.config.vocabulary_size,
        )
    return Translator(
        freeze(model).to(pick_device(device)),
        tokenizer,
        config.get("name", folder.name),
        config.get("source_language", ""),
        config.get("target_language", ""),
        config.get("card", {}),
    )


def save_checkpoint(translator: Translator, folder: Path, storage: str = "fp32") -> None:
    """Write a translator as a checkpoint folder; each file appears whole or not at all."""
    check_choice("storage", storage, STORAGES)
    folder.mkdir(parents=True, exist_ok=True)
    config = config_of(translator, storage)
    write_atomically(folder / "model.safetensors", save(pack(translator.model, storage)))
    write_atomically(folder / "tokenizer.model", translator.tokenizer.model)
    write_atomically(folder / "config.json", _as_bytes(config))


def config_of(translator: Translator, storage: str = "fp16") -> dict[str, Any]:
    """What config.json says of a translator."""
    return {
        "format": FORMAT,
        "name": translator.name,
        "source_language": translator.source_language,
        "target_language": translator.target_language,
        "storage": storage,
        "parameters": translator.model.parameter_count,
        "model": asdict(translator.model.config),
        "card": translator.card,
    }


def _as_bytes(config: dict[str, Any]) -> bytes:
    """JSON in UTF-8; a lone surrogate (of a folder's name that is no UTF-8, say) as its escape in JSON."""
    return json.dumps(config, indent=2, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def pack(model: Seq2Seq, storage: str) -> dict[str, Tensor]:
    """Weights as they are stored; with int8, a matrix becomes `name` (int8) and `name.scale` [rows, 1].

    The kernels of a convolution [rows, ...] count as matrices.
    """
    packed: dict[str, Tensor] = {}
    for name, weight in _distinct(model).items():
        weight = weight.detach().float().cpu().contiguous()
        if storage == "int8" and weight.dim() > 1:
            scale = (weight.abs().amax(dim=tuple(range(1, weight.dim())), keepdim=True) / 127).clamp_min(1e-12)
            packed[name] = (weight / scale).round().to(torch.int8)
            packed[f"{name}.scale"] = scale
        else:
            fits = storage == "fp16" and bool((weight.abs() <= LARGEST_FP16).all())  # beyond, it would be infinite
            packed[name] = weight.half() if fits else weight
    return packed


def unpack(stored: dict[str, Tensor], model: Seq2Seq) -> dict[str, Any]:
    """Stored weights as fp32, shared matrices under each of their names."""
    full = {
        name: weight.float() * stored.get(f"{name}.scale", torch.ones(()))
        for name, weight in stored.items()
        if not name.endswith(".scale")
    }
    if model.config.tied:
        first, *others = (name for name in TIED if name in model.state_dict())
        full |= dict.fromkeys(others, full[first])
    return full


def _check(config: dict[str, Any], model: Seq2Seq) -> None:
    for key in ("name", "source_language", "target_language"):
        if not isinstance(config.get(key, ""), str):
            raise CheckpointError("checkpoint.no-text", key=key, given=config[key])
        language_of(config.get(key, "") if key != "name" else "")
    if not isinstance(config.get("card", {}), dict):
        raise CheckpointError("checkpoint.card")
    made_task(config.get("card", {}))  # refuses options that make no sense
    broken = [name for name, weight in model.named_parameters() if not torch.isfinite(weight).all()]
    if broken:
        raise CheckpointError("checkpoint.not-finite", weights=", ".join(broken))


def _distinct(model: Seq2Seq) -> dict[str, Tensor]:
    return dict(model.named_parameters())  # names a shared matrix once
