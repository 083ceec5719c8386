"""The pictures in the README: `python -m tests.tools.screenshots [NAME ...]`, all of them or those named.

Most are of the real page; the figures are drawn from what the models' cards say.  With `--look FOLDER` every tab is
taken in every language and look instead, and Translate with all kinds of sources, for somebody to look at.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from playwright.sync_api import Browser, Page, sync_playwright

from s2s_demo.checkpoint import describe
from s2s_demo.evaluation import LengthScore
from s2s_demo.ui import build, launch_settings
from s2s_demo.ui.tabs import TABS
from s2s_demo.views.quality import quality_by_length
from s2s_demo.words import languages
from tests.browser.conftest import FLAGS

ENOUGH = 10  # sentences of a length
ASSETS = Path(__file__).resolve().parents[2] / "assets"
SHOTS = {
    f"{tab}-{look}.png": settings
    for tab in ("translate", "train")
    for look, settings in {
        "light": {"viewport": {"width": 1366, "height": 768}},
        "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
        "phone": {"viewport": {"width": 390, "height": 1500}},
    }.items()
}
LOOKS = {
    "light": {"viewport": {"width": 1366, "height": 768}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "narrow": {"viewport": {"width": 768, "height": 1024}},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}
LONG = (
    "A young woman with a yellow hat and two small children by her side is waiting in front of the old station"
    " for the last train of the day ."
)
SOURCES = {
    "long": f"text={LONG}",
    "word": "text=Hello",
    "five": "text=I have a pen. Where is the station? It is cold. We are late. Thank you very much.",
    "chinese": "model=zh-en&text=我从来没有见过这么漂亮的白马。",
    "arabic": "text=مرحبا بالعالم",
    "no-attention": "model=en-fr-no-attention",
    "letters": "model=reverse&text=abcde",
    "transformer": "model=en-fr-transformer",
}


def reversal_by_length() -> go.Figure:
    """Exact match by length of two models that reverse letters, alike but for attention."""
    twins = {"with attention": "reverse", "without attention": "reverse-none"}
    return quality_by_length({label: lengths(name, "reverse") for label, name in twins.items()})


def captions_by_length() -> go.Figure:
    """BLEU by length of two translators alike in size, data and training (Bahdanau et al. 2015, figure 2)."""
    twins = {"with attention": "en-fr-bahdanau", "without attention": "en-fr-no-attention"}
    return quality_by_length({label: lengths(name, "multi30k-en-fr") for label, name in twins.items()})


def lengths(model: str, test_set: str) -> list[LengthScore]:
    """What the model's card says of sources by length, where there are enough of them to tell."""
    (rows,) = (measured["rows"] for measured in describe(model)["by_length"] if measured["test_set"] == test_set)
    return [score for row in rows if (score := LengthScore.from_json(row)).sentences >= ENOUGH]


FIGURES = {"attention-by-length.png": reversal_by_length, "captions-by-length.png": captions_by_length}


def draw(browser: Browser, name: str) -> None:
    """A figure on white, at the README's width."""
    page = browser.new_context(viewport={"width": 760, "height": 600}, device_scale_factor=2).new_page()
    figure = go.Figure(FIGURES[name]()).update_layout(width=740, paper_bgcolor="white", template=go.layout.Template())
    page.set_content(figure.to_html(include_plotlyjs=True, config={"displayModeBar": False}), timeout=120_000)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator(".js-plotly-plot").screenshot(path=ASSETS / name)
    page.context.close()


def shoot(browser: Browser, address: str, name: str) -> None:
    """One visit, one picture of the whole page."""
    context = browser.new_context(reduced_motion="reduce", **SHOTS[name])
    page = context.new_page()
    page.goto(address)
    for card in ("main", "map"):
        page.locator(f"#picture .picture-{card} .s2s-figure[data-drawn] .main-svg").first.wait_for()
    if name.startswith("train"):
        learn(page)
    page.screenshot(path=ASSETS / name, full_page="phone" not in name)  # a phone's whole page is too long to look at
    context.close()


def learn(page: Page) -> None:
    """Let the dates be learnt; teacher forcing is switched off on the way."""
    page.get_by_role("tab", name="Train").click()
    page.click("#start")
    page.wait_for_function("parseInt(document.querySelector('#run-status dd')?.textContent) >= 60", timeout=60_000)
    page.locator("#forced input").uncheck()
    page.wait_for_function("parseInt(document.querySelector('#run-status dd')?.textContent) >= 330", timeout=60_000)


def look(browser: Browser, address: str, folder: Path, only: str) -> None:
    """Every tab in every language and look, and Translate with all kinds of sources; those whose name has `only`."""
    folder.mkdir(parents=True, exist_ok=True)
    shots = {f"{language}-{look}": (f"?lang={language}", LOOKS[look]) for language in languages() for look in LOOKS}
    for name, (query, settings) in shots.items():
        if not (wanted := [tab for tab in TABS if only in f"{name}-{tab}"]):
            continue
        with visit(browser, address + query, settings) as page:
            for tab in wanted:
                open_tab(page, tab)
                page.screenshot(path=folder / f"{name}-{tab}.png", full_page=name.endswith("phone"))
    for name, query in SOURCES.items():
        for look in ("light", "phone"):
            if only in f"source-{name}-{look}":
                with visit(browser, f"{address}?{query}", LOOKS[look]) as page:
                    page.screenshot(path=folder / f"source-{name}-{look}.png", full_page=look == "phone")


@contextmanager
def visit(browser: Browser, address: str, settings: dict[str, Any]) -> Iterator[Page]:
    """A page that shows its first answer."""
    context = browser.new_context(reduced_motion="reduce", **settings)
    page = context.new_page()
    page.goto(address)
    page.locator("#picture .picture-main .s2s-figure[data-drawn] .main-svg").first.wait_for(timeout=120_000)
    yield page
    context.close()


def open_tab(page: Page, name: str) -> None:
    """Choose a tab, which may stand in the menu of a narrow page, and let it come to rest."""
    if page.locator(f"#page-{name}-button").count():
        page.evaluate("name => document.querySelector(`#page-${name}-button`).click()", name)
    else:
        page.locator("#tabs .overflow-menu > button").click()
        menu = page.locator("#tabs .overflow-dropdown button")
        menu.nth(list(TABS).index(name) - len(TABS)).click()
    page.wait_for_timeout(4000)  # figures come one after the other, and nothing says which is the last


def main() -> None:
    """Take the pictures asked for, serving the shipped checkpoints where the page is wanted."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.screenshots", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*FIGURES, *SHOTS, []], help="a picture of the README")
    parser.add_argument("--look", type=Path, metavar="FOLDER", help="take every tab in every look, into a folder")
    parser.add_argument("--only", default="", help="with --look, those whose name has this in it")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        if options.look:
            with served() as address:
                look(browser, address, options.look, options.only)
        else:
            take(browser, options.name)
        browser.close()


def take(browser: Browser, names: Sequence[str]) -> None:
    """The pictures of the README, all or those named."""
    for name in names or FIGURES:
        if name in FIGURES:
            draw(browser, name)
    if pages := [name for name in names or SHOTS if name in SHOTS]:
        with served() as address:
            for name in pages:
                shoot(browser, address, name)


@contextmanager
def served() -> Iterator[str]:
    """The address of a page with the shipped checkpoints."""
    demo = build()
    _, address, _ = demo.launch(**launch_settings(), prevent_thread_lock=True, quiet=True)
    yield address
    demo.close(verbose=False)


if __name__ == "__main__":
    main()
