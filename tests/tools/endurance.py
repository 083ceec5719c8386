"""How the page bears a long lesson: `python -m tests.tools.endurance --minutes 10 [--preset NAME] [--task NAME]`.

A tool for people, on Linux.  It starts the app and a real Chromium, lets a live run go on in tab Train (and starts
the next one whenever it ends), prints every 30 seconds what the browser and the server hold, and at the end how much
that has grown.  Before each look the browser collects its garbage, so what remains is held by something.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, preset_key, preset_name
from s2s_demo.serving.names import task_name
from s2s_demo.tasks import TASKS
from tests.browser.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[2]
EVERY = 30.0  # seconds between two rows
PATIENCE = 300.0  # seconds for the app to answer
COLUMNS = ("minutes", "DOM nodes", "JS heap MB", "browser MB", "server MB", "updates", "score")
GROWING = COLUMNS[1:5]
Row = tuple[float, int, float, float, float, int, str]


def main() -> None:
    """Run the lesson and print its tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long; at least 1 (default: 10)")
    parser.add_argument("--task", choices=TASKS, metavar="NAME", help=f"one of {', '.join(TASKS)} (default: dates)")
    parser.add_argument("--preset", metavar="NAME", help="one of " + "; ".join(PRESETS))
    asked = parser.parse_args()
    if asked.minutes < 1:
        parser.error(f"--minutes is {asked.minutes:g}; give 1 or more")
    try:
        preset = preset_key(asked.preset) if asked.preset else None
    except SettingError as error:
        parser.error(str(error))
    with served() as (address, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: say(f"page error: {error}"))
        choose(page, address, asked.task, preset)
        rows = list(lesson(page, server, asked.minutes))
        browser.close()
    say("\n" + growth(rows))


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The app in a process of its own, on a free port: its address and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    where = {"GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": port}
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **where}, stdout=sys.stderr) as app:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, app)
            yield address, app.pid
        finally:
            app.terminate()


def wait_for(address: str, app: "subprocess.Popen[bytes]") -> None:
    """Until the app answers; SystemExit if it ends or stays silent."""
    deadline = time.monotonic() + PATIENCE
    while app.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except urllib.error.URLError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"the app did not answer at {address} within {PATIENCE:g} s; its messages stand above")


def choose(page: Page, address: str, task: str | None, preset: str | None) -> None:
    """Open tab Train and set what was asked for."""
    page.goto(address)
    page.get_by_role("tab", name="Train").click()
    labels = {"task": task_name(task) if task else "", "preset": preset_name(preset) if preset else ""}
    for elem_id, label in labels.items():
        if label and page.locator(f"#{elem_id} input").input_value() != label:
            page.locator(f"#{elem_id} input").click()
            with page.expect_response(lambda response: "/queue/" in response.url):
                page.get_by_role("option", name=label, exact=True).click()
            page.wait_for_timeout(2000)  # the strip fills in


def lesson(page: Page, server: int, minutes: float) -> Iterator[Row]:
    """Start the run, again whenever it ends, and give a row every 30 seconds."""
    say(line(COLUMNS))
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    began, due, past, latest = time.monotonic(), EVERY, 0, 0
    start(page)
    while due <= 60 * minutes:
        state, numbers = status(page)
        update = int(numbers.get("update", "0").split(" of ")[0].replace(",", "").replace("–", "0"))
        past, latest = past + (latest if update < latest else 0), update
        score = f"BLEU {numbers['BLEU']}" if "BLEU" in numbers else numbers.get("exact match", "–")
        if state in ("finished", "stopped", "failed"):
            say(f"{state} after {(time.monotonic() - began) / 60:.1f} minutes: {score}")
            start(page)
        if time.monotonic() - began >= due:
            metrics.send("HeapProfiler.collectGarbage")
            found = {each["name"]: each["value"] for each in metrics.send("Performance.getMetrics")["metrics"]}
            browser = sum(resident(each) for each in descendants(os.getpid()) if "chrom" in name_of(each))
            heap = found["JSHeapUsedSize"] / 2**20
            row = (due / 60, int(found["Nodes"]), heap, browser, resident(server), past + latest, score)
            say(line(row))
            yield row
            due += EVERY
        page.wait_for_timeout(500)


def start(page: Page) -> None:
    """Press Start, and wait until the run is under way; SystemExit if the page says why it cannot."""
    page.click("#start")
    page.wait_for_function(
        """() => ["running", "queued"].includes(document.querySelector("#run-status .s2s-run").dataset.state)
          || document.querySelector("#train-message .s2s-text").textContent"""
    )
    if message := page.locator("#train-message").inner_text().strip():
        raise SystemExit(message)


def status(page: Page) -> tuple[str, dict[str, str]]:
    """The state of the run and its numbers, as the page shows them."""
    state, numbers = page.evaluate(
        """() => [document.querySelector("#run-status .s2s-run").dataset.state,
          [...document.querySelectorAll("#run-status .run-numbers > div")].map((pair) =>
            [pair.firstChild.textContent, pair.lastChild.textContent])]"""
    )
    return state, dict(numbers)


def descendants(process: int) -> Iterator[int]:
    """All processes begun by this one or by its children."""
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            yield child
            yield from descendants(child)


def name_of(process: int) -> str:
    """The name of its program; "" if it has just ended."""
    try:
        return Path(f"/proc/{process}/comm").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def resident(process: int) -> float:
    """Megabytes of memory that a process holds; 0 if it has just ended."""
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("VmRSS:")) / 1024


def growth(rows: Sequence[Row]) -> str:
    """What was held in the first minute and in the last, as a table."""
    first = [row for row in rows if row[0] <= 1]
    last = [row for row in rows if row[0] > rows[-1][0] - 1]
    table = [line(("", "first min", "last min", "growth", "growth %"))]
    for column, name in enumerate(GROWING, start=1):
        before, after = (sum(float(row[column]) for row in some) / len(some) for some in (first, last))
        table.append(line((name, before, after, after - before, 100 * (after / before - 1))))
    return "\n".join(table)


def line(cells: Sequence[object]) -> str:
    """Cells in columns of equal width."""
    return "".join(f"{cell:.1f}".rjust(13) if isinstance(cell, float) else str(cell).rjust(13) for cell in cells)


def say(text: str) -> None:
    """To the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
