"""Several processes learn what one would have learnt."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from s2s_demo.cli import main
from s2s_demo.training.team import Team

RUN = (
    "train --task reverse --hidden-size 8 --embedding-size 8 --batch-tokens 64 --updates 12 --threads 1 --seed 3"
    " --learning-rate 0.03 --warm-up 1 --embedding-dropout 0 --hidden-dropout 0 --output-dropout 0"
    " --validate-every 100 --validate-sentences 4 --output"
).split()


def processes(*arguments: str, size: int = 2) -> None:
    """The command in several processes, as `torchrun` would start them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free.getsockname()[1]), "WORLD_SIZE": str(size)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "s2s_demo", *arguments],
            env={**os.environ, **meeting, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.DEVNULL,
        )
        for rank in range(size)
    ]
    assert [process.wait(120) for process in started] == [0] * size


def losses(folder: Path) -> list[float]:
    records = map(json.loads, (folder / "log.jsonl").read_text().splitlines())
    return [record["loss"] for record in records if "loss" in record]


def test_two_processes_have_the_curve_of_one_and_write_one_checkpoint(tmp_path: Path) -> None:
    main([*RUN, str(tmp_path / "one")])
    processes(*RUN, str(tmp_path / "two"))
    one, two = losses(tmp_path / "one"), losses(tmp_path / "two")
    assert two == pytest.approx(one, abs=1e-4)
    assert len(one) == 12
    assert one[-1] < one[0]
    assert (tmp_path / "two" / "model.safetensors").exists()


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_row_of_a_batch_is_learnt_from_once(size: int) -> None:
    rows = list(range(5))
    assert sorted(row for rank in range(size) for row in Team(rank, size).share(rows)) == rows
