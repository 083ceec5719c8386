"""How the tests of tab Translate ask, look and read what the picture shows."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

FIRST_SENTENCE = "Two dogs are playing with a red ball in the snow."
FIRST = ["Two", "dogs", "are", "playing", "with", "a", "red", "ball", "in", "the", "snow", ".", "<eos>"]

PICTURE = "document.querySelector('#picture .picture-main .s2s-figure')"
MAP = "document.querySelector('#picture .picture-map .s2s-figure')"


def ask(page: Page, text: str) -> None:
    page.fill("#sentence textarea", text)
    page.press("#sentence textarea", "Enter")


def translation(page: Page):
    return page.locator("#picture .picture-said")


def hypotheses(page: Page):
    return page.locator("#picture .picture-hypotheses tbody tr")


def line(page: Page):
    """What the picture says of the mark."""
    return page.locator("#picture .picture-line")


def labels(page: Page, axis: str) -> list[str]:
    """The words along an axis of the map, as Plotly shows them, the marked ones without their emphasis."""
    shown = page.wait_for_function(f"{MAP}?.layout?.{axis}axis?.ticktext").json_value()
    return [unescape(re.sub("</?b>", "", label)) for label in shown]


def wait_for(page: Page, axis: str, *words: str) -> None:
    shown = f"{MAP}.layout?.{axis}axis.ticktext.map(one => one.replace(/<.?b>/g, ''))"
    told = [word.translate({60: "&#60;", 62: "&#62;"}) for word in words]
    page.wait_for_function(f"JSON.stringify({shown}) === JSON.stringify({json.dumps(told)})")


def wait_for_source(page: Page, *words: str) -> None:
    wait_for(page, "x", *words, "<eos>")


def texts(page: Page) -> list[str]:
    """All words of the picture."""
    return [unescape(text) for text in page.evaluate(f"{PICTURE}.data[0].text")]


def place(page: Page, text: str, nth: int = 0) -> tuple[float, float]:
    """Where on the screen a word of the picture stands, the nth of its kind."""
    return tuple(
        page.evaluate(
            f"""([text, nth]) => {{
              const figure = {PICTURE}, words = figure.data[0];
              const found = [...words.text.keys()].filter(i => words.text[i] === text);
              figure.scrollIntoView({{ block: 'center' }});
              const box = figure.getBoundingClientRect();
              return [box.left + words.x[found[nth]] + 3, box.top + words.y[found[nth]]];
            }}""",
            [text, nth],
        )
    )


def rows_of(page: Page, table: str) -> list[list[str]]:
    """What a table below the picture holds; it is opened."""
    fold = page.locator(f"#picture details[data-table='{table}']")
    fold.evaluate("fold => { fold.open = true; }")
    expect(fold.locator("tbody tr").first).to_be_visible()
    return fold.locator("tbody").evaluate(
        "body => [...body.rows].map(row => [...row.cells].map(cell => cell.innerText))"
    )


def wait_for_query(page: Page, name: str, value: str | None) -> None:
    """Wait until the address says it, or nothing of that name; it is written after the answer has come."""
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(name) == (None if value is None else [value]))


@contextmanager
def no_request(page: Page) -> Iterator[None]:
    """Whatever is done meanwhile, the server is asked for nothing."""
    page.wait_for_function("window.Plotly")  # it comes in idle time
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.resource_type} {request.url}"))
    yield
    page.wait_for_timeout(150)  # what would be asked late
    assert asked == [], asked
