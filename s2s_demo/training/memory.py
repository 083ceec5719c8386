"""How much memory a training takes, told before anything is built; knows nothing of tasks and texts."""

from contextlib import suppress
from pathlib import Path

import torch

from s2s_demo.errors import SettingError
from s2s_demo.model import ModelConfig, parameters_of
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.attention.additive import Additive
from s2s_demo.model.attention.concat import Concat
from s2s_demo.training.config import TrainingConfig

MOMENTS = 2  # numbers that an optimiser keeps for each weight, at most
USUAL_LENGTH = 20  # tokens of a sentence
BYTES = 4


def check_memory(model: ModelConfig, training: TrainingConfig, device: torch.device) -> None:
    """Raise SettingError where a training with these settings cannot fit into the memory that is free."""
    free = free_bytes(device)
    weights, batch = weights_bytes(model, training), batch_bytes(model, training)
    if free is None or weights + batch <= free:
        return
    raise SettingError(
        "memory.weights" if weights > batch else "memory.batch",
        needed=(weights + batch) / 1e9,
        parameters=parameters_of(model) / 1e6,
        weights=weights / 1e9,
        tokens=training.tokens_per_batch,
        batch=batch / 1e9,
        free=free / 1e9,
    )


def weights_bytes(model: ModelConfig, training: TrainingConfig) -> int:
    """Weights, gradients, the optimiser's moments, and the copy that is judged."""
    return BYTES * parameters_of(model) * (3 + MOMENTS)


def batch_bytes(model: ModelConfig, training: TrainingConfig) -> int:
    """About what one update keeps for its way back, of sentences of the usual length.

    Of each token: embeddings with their dropout, gates and states of every layer, what attention compares, and
    the slopes of all logits.
    """
    hidden, directions = model.hidden_size, 1 + model.bidirectional
    layers = 16 * hidden * (directions * model.encoder_layers + model.decoder_layers)
    compared = USUAL_LENGTH * (2 * hidden if issubclass(ATTENTIONS[model.attention], (Additive, Concat)) else 4)
    return BYTES * training.tokens_per_batch * (8 * model.embedding_size + layers + compared + model.vocabulary_size)


def free_bytes(device: torch.device) -> int | None:
    """Memory that can still be had: of a GPU, or of this machine or its container; None where nobody says."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    found = []
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text().splitlines()
        found.append(1024 * int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]))
    with suppress(OSError, ValueError):  # "max" is no number: no limit
        limit, used = (int(Path(f"/sys/fs/cgroup/memory.{name}").read_text()) for name in ("max", "current"))
        found.append(limit - used)
    return min(found, default=None)
