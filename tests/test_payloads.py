"""What Python sends and what the scripts read are one definition: the TypedDicts beside the scripts.

Where there is a TypeScript compiler it checks the same: `npx -p typescript -c "pytest tests/test_payloads.py"`.
"""

import inspect
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from s2s_demo.ui.served import static
from s2s_demo.views.picture import PARTS, PictureData, PicturePayload, SeenPayload
from s2s_demo.views.picture import SCRIPTS as LAID_OUT_BY
from s2s_demo.views.picture.data import SourceWord

UI = static.UI
SCRIPTS = {path.relative_to(UI.parent).as_posix(): path.read_text(encoding="utf-8") for path in static.beside("js")}
NAMED = re.compile(r"/\*\* @(?:type|param) \{(\w+)(?: \| null)?\} ?(\w*) ?\*/\s*(?:(?:const|let) )?(\w*)")


def payloads() -> dict[str, type]:
    """Every payload of the page by name, but those of tab Train (`test_train_payloads.py` has them)."""
    found = {}
    for path in sorted(UI.glob("*/*.py")):
        if path.parent.name != "train" and "TypedDict" in path.read_text(encoding="utf-8"):
            module = import_module(f"s2s_demo.ui.{path.parent.name}.{path.stem}")
            found |= {
                name: kind
                for name, kind in inspect.getmembers(module, is_typeddict)
                if kind.__module__ == module.__name__
            }
    return found | {"SeenPayload": SeenPayload}


PAYLOADS = payloads()


def reads(script: str) -> dict[str, set[str]]:
    """For each payload that a script names: which of its keys are read."""
    found: dict[str, set[str]] = {}
    for kind, parameter, variable in NAMED.findall(script):
        name = parameter or variable
        found.setdefault(kind, set()).update(re.findall(rf"\b{name}\??\.(\w+)", script))
    return found


@pytest.mark.parametrize("script", [script for script in SCRIPTS if not script.startswith("ui/train/")])
def test_a_script_reads_only_keys_that_its_payload_has(script: str) -> None:
    for name, keys in reads(SCRIPTS[script]).items():
        assert name in PAYLOADS, f"{script} names {name}, which no part defines"
        assert keys <= set(get_type_hints(PAYLOADS[name])), f"{script} reads what {name} does not have"


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_key_of_a_payload_is_read_by_the_script_beside_it(name: str) -> None:
    module = PAYLOADS[name].__module__.split(".")
    beside = "/".join(module[1:]) + ".js"
    script = beside if beside in SCRIPTS else f"ui/{module[2]}/{module[2]}.js"
    unread = set(get_type_hints(PAYLOADS[name])) - reads(SCRIPTS[script]).get(name, set()) - {"nonce"}
    assert unread == set(), f"{script} never reads {unread} of {name}"


def test_a_wrong_key_would_be_found() -> None:
    script = "/** @type {TablePayload | null} */\nconst payload = payloadOf(props);\npayload.colums.map(f);"
    assert reads(script) == {"TablePayload": {"colums"}}
    assert not reads(script)["TablePayload"] <= set(get_type_hints(PAYLOADS["TablePayload"]))


PICTURE = "\n".join(path.read_text(encoding="utf-8") for path in [*LAID_OUT_BY, PARTS[0]])
GROWN = {"step", "logp", "look", "seen", "place"}  # what the scripts add to a search as it came
NAMES = {
    PicturePayload: r"payload",
    PictureData: r"(?:data|nodes)(?:\(\))?",
    SourceWord: r"(?:source\(\)\[[^\]]*\]|word)",
}


def read_of(kind: type) -> set[str]:
    """The keys that the picture's scripts read of what goes by the payload's names, or take apart where it is given."""
    dotted = set(re.findall(rf"(?<![\w.]){NAMES[kind]}\.([a-z]\w*)", PICTURE))
    given = re.findall(r"hypotheses = \(nodes, leaves, \{([^}]*)\}" if kind is PicturePayload else r"$^", PICTURE)
    return dotted | {name.partition(":")[0].strip() for found in given for name in found.split(",")}


@pytest.mark.parametrize("kind", [PicturePayload, PictureData])
def test_the_picture_is_drawn_from_all_that_is_sent_and_nothing_else(kind: type) -> None:
    assert read_of(kind) - GROWN == set(get_type_hints(kind))


def test_the_picture_reads_all_of_a_source_word() -> None:
    assert set(get_type_hints(SourceWord)) <= read_of(SourceWord) | {"tokens"}
    assert "source.map(({ tokens })" in PICTURE


PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any", object: "any"}


def in_typescript(hint: Any) -> str:
    """A type of Python as TypeScript writes it, as JSON carries it."""
    if hint in PLAIN:
        return PLAIN[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple and Ellipsis not in inside:
        return f"[{', '.join(map(in_typescript, inside))}]"
    if origin in (dict,) or getattr(origin, "__name__", "") == "Mapping":
        return f"Record<string, {in_typescript(inside[1])}>"
    if origin in (list, tuple) or getattr(origin, "__name__", "") == "Sequence":
        return f"Array<{in_typescript(inside[0])}>"
    return " | ".join(map(in_typescript, inside))


def declarations() -> str:
    """The payloads as TypeScript declares them."""
    lines = ["interface Window { S2S: any; S2S_SETTINGS: any; Plotly: any }"]
    for name, kind in {**PAYLOADS, **{kind.__name__: kind for kind in NAMES}}.items():
        optional = "" if kind.__total__ else "?"
        fields = "; ".join(f"{key}{optional}: {in_typescript(hint)}" for key, hint in get_type_hints(kind).items())
        lines.append(f"interface {name} {{ {fields} }}")
    return "\n".join(lines)


def test_payloads_are_declared_as_the_scripts_want_them() -> None:
    text = declarations()
    assert "interface ProgressPayload { value: number; max: number }" in text
    assert "lanes: Array<LanePayload>" in text
    assert "selected: number | null" in text


COMPILER = shutil.which("tsc")
OURS = re.compile(r"Property '\w+' does not exist on type '(\w+)'|Cannot find name '(\w+Payload)'")


@pytest.mark.skipif(not COMPILER, reason="no TypeScript compiler on the PATH")
@pytest.mark.parametrize("mistake", ["", "payload.colums;"])
def test_the_compiler_finds_no_wrong_key_either(tmp_path: Path, mistake: str) -> None:
    (tmp_path / "payloads.d.ts").write_text(declarations(), encoding="utf-8")
    for name, script in SCRIPTS.items():
        wrong = (
            script.replace("if (!payload)", f"{mistake} if (!payload)", 1) if name == "ui/parts/table.js" else script
        )
        (tmp_path / name.replace("/", "-")).write_text(wrong, encoding="utf-8")
    command = [str(COMPILER), "--allowJs", "--checkJs", "--noEmit", "--target", "es2022", "--lib", "es2023,dom"]
    done = subprocess.run([*command, *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False)
    wrong_keys = [line for line in done.stdout.splitlines() if (m := OURS.search(line)) and (m[1] or m[2]) in PAYLOADS]
    assert bool(wrong_keys) == bool(mistake), done.stdout
