"""A typo in the name of a component, an output, a payload's key or a form's field is an error of types."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="mypy is part of the dev requirements")

ROOT = Path(__file__).resolve().parent.parent
TYPOS = [  # file, what stands there once, what is typed instead
    ("translate/tab.py", "picture=c.picture", "picture=c.pictur"),
    ("../views/picture/payload.py", '"joiner": language_of', '"joinr": language_of'),
    ("compare/tab.py", "Shown(message=c.message, question", "Shown(mesage=c.message, question"),
    ("parts/progress.py", "ProgressPayload(value=done, max=of)", "ProgressPayload(value=done, maximum=of)"),
    ("evaluate/tab.py", "test_set=c.ask.test_set,\n        source", "test_sett=c.ask.test_set,\n        source"),
    ("evaluate/handlers.py", 'bar="",\n        ', 'barr="",\n        '),
]


def test_every_typo_is_an_error(tmp_path: Path) -> None:
    shadows, planted = [], set()
    for number, (file, right, wrong) in enumerate(TYPOS):
        source, shadow = (ROOT / "s2s_demo" / "ui" / file).resolve(), tmp_path / f"{number}.py"
        text = source.read_text(encoding="utf-8")
        assert text.count(right) == 1, f"{file} has changed: {right!r}"
        shadow.write_text(text.replace(right, wrong), encoding="utf-8")
        shadows += ["--shadow-file", str(source), str(shadow)]
        planted.add(source.relative_to(ROOT).as_posix())
    command = [sys.executable, "-m", "mypy", *shadows, "--no-error-summary", "--hide-error-context"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {line.partition(":")[0] for line in done.stdout.splitlines() if ": error:" in line}
    assert found == planted, done.stdout + done.stderr
