"""How the house stands, counted from its source: `python -m tests.tools.house [COMMIT ...]`.

For the working tree and for each commit named: files and lines of the page, its rooms and the imports between them,
files that name a strategy or a tab, and sentences that stand in the code instead of the table of words.
"""

import argparse
import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STRATEGIES, TABS = {"greedy", "beam", "sampling"}, {"translate", "train", "compare", "evaluate"}
SEEN = ("ui/", "views/", "live/", "serving/")
ROOT_FILES = {"", "__init__", "api", "opened", "tabs"}  # what puts the tabs together
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+.*[a-z]")  # at least three words


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.house", description=__doc__)
    parser.add_argument("commit", nargs="*", help="also count these commits")
    columns = {"now": counted(ROOT / "s2s_demo")}
    for commit in parser.parse_args().commit:
        with tempfile.TemporaryDirectory() as folder:
            archive = subprocess.run(["git", "archive", commit, "s2s_demo"], cwd=ROOT, check=True, capture_output=True)
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tree:
                tree.extractall(folder, filter="data")
            columns[commit] = counted(Path(folder) / "s2s_demo")
    print(f"{'':44}" + "".join(f"{name:>12}" for name in columns))  # noqa: T201
    for what in columns["now"]:
        print(f"{what:44}" + "".join(f"{column[what]:>12,}" for column in columns.values()))  # noqa: T201


def counted(package: Path) -> dict[str, int]:
    """The figures of one state of the package."""
    trees = {path.relative_to(package).as_posix(): ast.parse(path.read_text("utf-8")) for path in package.rglob("*.py")}
    page = {file: tree for file, tree in trees.items() if file.startswith("ui/")}
    outside = {file: tree for file, tree in trees.items() if not file.startswith("decoding/")}
    return {
        "Python files of the page": len(page),
        "  lines of the longest": max(len((package / file).read_text("utf-8").splitlines()) for file in page),
        "  lines of all": sum(len((package / file).read_text("utf-8").splitlines()) for file in page),
        "rooms of the page": len({room(file) for file in page}),
        "  imports from one room into another": len(set(arrows(page))),
        "  imports from one tab into another": len({(a, b) for a, b in arrows(page) if {a, b} <= TABS}),
        "files outside decoding/ that name a strategy": sum(
            bool(words(tree) & STRATEGIES) for tree in outside.values()
        ),
        "files of the page that name a tab": sum(bool(words(tree) & TABS) for tree in page.values()),
        "sentences in the code of page and pictures": sum(
            len(sentences(tree)) for file, tree in trees.items() if file.startswith(SEEN)
        ),
    }


def room(file: str) -> str:
    """The folder; of the page before there were folders, a file, or the tab that begins its name."""
    inner = file.removeprefix("ui/").removesuffix(".py").replace("tabs/", "")
    first = inner.partition("/")[0] if "/" in inner else inner.partition("_")[0]
    return first if "/" in inner or first in TABS else "the page itself" if inner in ROOT_FILES else inner


def arrows(page: dict[str, ast.Module]) -> Iterator[tuple[str, str]]:
    for file, tree in page.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("s2s_demo.ui"):
                for alias in node.names:
                    target = "/".join([*str(node.module).split(".")[1:], alias.name])
                    known = (
                        target
                        if f"{target}.py" in page or f"{target}/__init__.py" in page
                        else target.rpartition("/")[0]
                    )
                    if room(file) != room(f"{known}.py") and known != "ui":
                        yield room(file), room(f"{known}.py")


def naming(names: set[str], trees: dict[str, ast.Module]) -> int:
    """How many files hold one of the names as a text of its own."""
    return sum(bool(words(tree) & names) for tree in trees.values())


def words(tree: ast.Module) -> set[str]:
    """The texts in the code that are one word."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def sentences(tree: ast.Module) -> list[str]:
    """Texts in the code that read like sentences, docstrings apart."""
    said = [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    ]
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [str(node.value) for node in texts if node not in said and SENTENCE.match(str(node.value))]


if __name__ == "__main__":
    sys.exit(main())
