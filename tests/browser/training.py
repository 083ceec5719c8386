"""What the tests of tab Train do and read in the page."""

from playwright.sync_api import Page, expect

LONG = 60_000  # ms


def number(page: Page, name: str) -> str:
    """A number of the status box."""
    return page.evaluate(
        "name => [...document.querySelectorAll('#run-status .run-numbers > div')]"
        ".find(pair => pair.firstChild.textContent === name)?.lastChild.textContent ?? ''",
        name,
    )


def updates(page: Page) -> int:
    return int(number(page, "update").split(" of ")[0].replace(",", "") or 0)


def wait_for_updates(page: Page, least: int) -> None:
    page.wait_for_function(
        "least => parseInt((document.querySelector('#run-status .run-numbers dd')?.textContent ?? '0')"
        ".replace(/,/g, '')) >= least",
        arg=least,
        timeout=LONG,
    )


def wait_for_state(page: Page, state: str) -> None:
    page.locator(f"#run-status [data-state={state}]").wait_for(timeout=LONG)


def wait_for_number(page: Page, name: str, value: str) -> None:
    pair = page.locator("#run-status .run-numbers > div").filter(has_text=name)
    expect(pair.locator("dd")).to_have_text(value)


def last_x(page: Page) -> float:
    """How far the curve of the training loss reaches."""
    return page.evaluate("Math.max(...document.querySelector('#curves .s2s-figure').data.flatMap(trace => trace.x))")


def begin(page: Page) -> None:
    """Start a run, and wait until the page shows it: what an earlier one left there does not count."""
    page.evaluate("document.querySelector('#run-status b').textContent = ''")
    page.click("#start")
    page.locator("#run-status b:not(:empty)").wait_for(timeout=LONG)
    page.locator("#curves .s2s-figure[data-drawn]").wait_for(timeout=LONG)
    wait_for_updates(page, 2)
