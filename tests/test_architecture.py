"""The rules of the house, read from the source with `ast`: nothing is imported to check them.

A part is a folder or a file directly in `s2s_demo`.  A part may import parts from lines below its
own, and never one from its own line or above.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "s2s_demo"

FROM_TOP_TO_BOTTOM = """
    app  __main__
    cli
    commands  __init__
    ui
    serving
    views
    live
    stages
    experiment
    card
    explain
    checkpoint  evaluation  alignment
    translator
    translation
    decoding  training
    model
    reading
    tasks
    text
    languages  signals
    settings
    errors  files
    words
"""
LEVEL = {part: -level for level, line in enumerate(FROM_TOP_TO_BOTTOM.splitlines()) for part in line.split()}

# library: the only parts that import it
ONLY_IN = {
    "gradio": {"ui", "app"},
    "plotly": {"views"},
    "sacrebleu": {"evaluation"},
    "sentencepiece": {"text"},
    "opencc": {"text"},
    "safetensors": {"checkpoint"},
    "torch": {
        "text",
        "model",
        "decoding",
        "training",
        "translator",
        "checkpoint",
        "evaluation",
        "experiment",
        "live",
        "explain",
    },
}
LOOKED_AT = {("translation.py", "views")}  # a notebook asks a translation itself how it looks: drawn only then
MADE_OF_PLAIN_DATA = (
    *("decoding/trace.py", "decoding/tree.py", "tasks", "reading", "translation.py", "card.py", "errors.py"),
    *("views", "serving", "ui"),
)

FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))} | {
    "app.py": ROOT / "app.py"
}
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES.values()}
PARTS = sorted(path.stem if path.suffix else path.name for path in PACKAGE.iterdir() if path.name[0] not in ".")


def part_of(file: str) -> str:
    return Path(file).parts[0].removesuffix(".py")


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node of a file, except what stands below `if TYPE_CHECKING:`, which never runs."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from nodes(node)


@cache
def imports(path: Path) -> list[str]:
    """Full dotted names of all that a file imports, wherever in the file."""
    found = []
    for node in nodes(TREES[path]):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def parts_imported(path: Path) -> set[str]:
    """Our own parts among the imports; names that the package itself exports count as `__init__`."""
    names = (name.split(".") for name in imports(path))
    return {(words[1] if words[1:] and words[1] in LEVEL else "__init__") for words in names if words[0] == "s2s_demo"}


def test_every_part_has_its_place_in_the_table() -> None:
    files = {part for part in PARTS if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()}
    assert {part for part in files if part != "__pycache__"} <= set(LEVEL), "give the new part a line in the table"


def test_imports_point_only_down() -> None:
    upward = [
        f"{file} imports {part}, which is not below {here}"
        for file, here in ((file, part_of(file)) for file in FILES)
        for part in sorted(parts_imported(FILES[file]) - {here})
        if not (part == "__init__" and LEVEL[here] > LEVEL["views"])  # the page takes the front door, as any user does
        and (file, part) not in LOOKED_AT
        and LEVEL[part] >= LEVEL[here]
    ]
    assert upward == []


def test_each_library_stays_in_its_room() -> None:
    strays = [
        f"{file} imports {library}"
        for file, path in FILES.items()
        if part_of(file) != "commands"  # which measures everything, so it may touch everything
        for library in sorted({name.split(".")[0] for name in imports(path)} & set(ONLY_IN))
        if part_of(file) not in ONLY_IN[library]
    ]
    assert strays == []


@pytest.mark.parametrize("place", MADE_OF_PLAIN_DATA)
def test_plain_data_knows_no_torch(place: str) -> None:
    files = [path for file, path in FILES.items() if file == place or file.startswith(f"{place}/")]
    assert files
    for path in files:
        assert "torch" not in {name.split(".")[0] for name in imports(path)}, path.name


def test_searching_and_learning_do_not_know_each_other() -> None:
    for file, path in FILES.items():
        if part_of(file) in ("decoding", "training"):
            assert not parts_imported(path) & ({"decoding", "training"} - {part_of(file)}), file


TABS = sorted(path.parent.name for path in PACKAGE.glob("ui/*/tab.py"))


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_imports_another_and_the_parts_import_none(tab: str) -> None:
    others = tuple(f"s2s_demo.ui.{name}" for name in TABS if name != tab)
    for file, path in FILES.items():
        if file.startswith((f"ui/{tab}/", "ui/parts/")):
            assert [name for name in imports(path) if name.startswith(others)] == [], file


def test_a_file_can_be_read_in_one_sitting() -> None:
    lines = {file: len(path.read_text(encoding="utf-8").splitlines()) for file, path in FILES.items()}
    assert {file: many for file, many in lines.items() if many > (200 if file.startswith("model/") else 300)} == {}


def test_every_file_says_what_it_is() -> None:
    assert [file for file, path in FILES.items() if not ast.get_docstring(TREES[path])] == []


def test_nothing_seeds_the_dice_of_the_whole_process() -> None:
    seedings = ("torch.manual_seed(", "random.seed(", "np.random.seed(")
    sources = {file: path.read_text(encoding="utf-8") for file, path in FILES.items() if not file.startswith("ui/")}
    assert [file for file, source in sources.items() if any(seeding in source for seeding in seedings)] == []
