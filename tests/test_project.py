"""What stands beside the code: requirements, the front matter of a Space, checkpoints, assets."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = re.compile(
    r"""(?:url\(|@import\s|\bsrc\s*=|<link[^>]*\bhref\s*=|\bfetch\(|\bimport\s*\(|importScripts\()\s*["'`]?(?:https?:)?//""",
    re.IGNORECASE,
)


def dependencies() -> set[str]:
    """The run-time dependencies of pyproject.toml (read without tomllib, which Python 3.10 lacks)."""
    listed = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL)
    assert listed
    return set(re.findall(r'"([^"]+)"', listed[1]))


def front_matter() -> dict[str, str]:
    _, matter, _ = (ROOT / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return dict(re.findall(r"^(\w+): *(.+)$", matter, re.MULTILINE))


def test_a_space_installs_what_the_package_needs_and_brings_its_own_gradio() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    assert wanted == {name for name in dependencies() if not name.startswith("gradio")}


@pytest.mark.parametrize("key", ["title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "app_file", "license"])
def test_the_readme_says_what_a_space_needs_to_know(key: str) -> None:
    assert front_matter()[key]


def test_the_space_runs_this_app_with_a_gradio_the_package_allows() -> None:
    matter = front_matter()
    assert matter["sdk"] == "gradio"
    assert (ROOT / matter["app_file"]).is_file()
    assert "gradio>=6.31,<7" in dependencies()
    major, minor = map(int, matter["sdk_version"].split(".")[:2])
    assert (6, 31) <= (major, minor) < (7, 0)
    assert len(matter["short_description"]) <= 60


def test_the_license_is_the_one_that_is_named() -> None:
    assert front_matter()["license"] == "mit"
    assert "MIT License" in (ROOT / "LICENSE").read_text()


def test_every_file_of_a_checkpoint_is_small_enough_for_git() -> None:
    for path in (ROOT / "checkpoints").rglob("*"):
        if path.is_file():
            assert path.stat().st_size < 10_000_000, f"{path.name} has {path.stat().st_size:,} bytes"


def test_checkpoints_hold_plain_data_only() -> None:
    for path in (ROOT / "checkpoints").glob("*/*"):
        assert path.suffix in {".json", ".model", ".safetensors", ".md"}, path
        if path.suffix == ".json":
            assert json.loads(path.read_text(encoding="utf-8")), path


def test_assets_load_nothing_from_elsewhere() -> None:
    for path in (ROOT / "s2s_demo" / "ui").rglob("*"):
        if path.suffix in {".css", ".js", ".html", ".svg"}:
            found = FOREIGN.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.name} loads {found and found[0]}"


def test_the_search_for_foreign_addresses_finds_them() -> None:
    for text in (
        "url(https://x.org/a.woff)",
        '<script src="//cdn.org/a.js">',
        "@import 'http://x'",
        "fetch(`https://x`)",
    ):
        assert FOREIGN.search(text)
    for text in ('xmlns="http://www.w3.org/2000/svg"', "url(data:image/png;base64,aa)", 'src="/gradio_api/file=a.js"'):
        assert not FOREIGN.search(text)


RUBBISH = re.compile(
    r"(^|/)(__pycache__|\.venv|\.DS_Store|__MACOSX|node_modules|runs|build|dist)(/|$)|\.(pyc|pt|log|zip)$"
)


def test_the_repository_tracks_no_rubbish() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    assert [path for path in listed.stdout.splitlines() if RUBBISH.search(path)] == []


def test_the_search_for_rubbish_finds_it() -> None:
    assert all(map(RUBBISH.search, ("a/__pycache__/b.pyc", ".venv/bin/python", "runs/one/resume.pt", "x/.DS_Store")))
    assert not any(
        map(RUBBISH.search, ("s2s_demo/commands/train.py", "s2s_demo/ui/train/train.js", "tests/test_live_run.py"))
    )


def test_an_installed_package_holds_every_file_that_the_code_reads() -> None:
    listed = re.search(r"^s2s_demo = \[(.*)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert listed
    patterns = re.findall(r'"([^"]+)"', listed[1])
    packaged = {path for pattern in patterns for path in (ROOT / "s2s_demo").glob(pattern)}
    data = {
        path
        for path in (ROOT / "s2s_demo").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".pyi") and "__pycache__" not in path.parts
    }
    assert data == packaged


def test_the_package_reads_nothing_outside_itself_but_checkpoints() -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "s2s_demo").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"__file__.*(parent\.parent\.parent|parents\[[2-9]\])", line)
    ]
    assert found == []
