"""Run the page's pure scripts on data: by node where there is one, by Chromium where there is none."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

LOOP = """
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const { code, argument } = JSON.parse(line);
  let answer;
  try { answer = { value: new Function("argument", code)(argument) ?? null }; }
  catch (error) { answer = { error: error.stack }; }
  process.stdout.write(JSON.stringify(answer) + "\\n");
});
"""


class Run(Protocol):
    """Runs a function's body on a JSON argument, and returns what it returns."""

    def __call__(self, code: str, argument: object) -> Any: ...


@contextmanager
def scripts(files: Sequence[Path]) -> Iterator[Run]:
    """A place where the files have been loaded, in their order."""
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    with (_node if shutil.which("node") else _chromium)(source) as run:
        yield run


@contextmanager
def _node(source: str) -> Iterator[Run]:
    node = ["node", "-e", f"{source}\n{LOOP}"]
    with subprocess.Popen(node, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        given, told = process.stdin, process.stdout

        def run(code: str, argument: object) -> Any:
            given.write(json.dumps({"code": code, "argument": argument}) + "\n")
            given.flush()
            answer = json.loads(told.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        yield run
        given.close()


@contextmanager
def _chromium(source: str) -> Iterator[Run]:
    from browser.conftest import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
        page = browser.new_page()
        page.add_script_tag(content=source)

        def run(code: str, argument: object) -> Any:
            return page.evaluate(
                "([code, argument]) => new Function('argument', code)(argument) ?? null", [code, argument]
            )

        yield run
