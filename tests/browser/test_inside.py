"""Tab Inside as a visitor meets it: opened by a link, stepped through, changed and changed back."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from .picture import wait_for_query

SLOW = 20_000  # ms: what takes up to a second of a processor that others use, too
QUESTION = "?text=A+man+is+reading+a+book.&strategy=greedy&step=2"


@pytest.fixture
def inside(chromium, address: str) -> Iterator[Callable[..., Page]]:
    """Open the page at a step; no script may fail, and nobody else is asked for anything."""
    context, complaints = chromium.new_context(viewport={"width": 1366, "height": 768}), []

    def open_page(query: str = QUESTION) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if foreign(request.url) else None)
        page.goto(f"{address}/{query}")
        page.locator("#inside-step .stepper").wait_for(timeout=60_000)
        return page

    def foreign(url: str) -> bool:
        return urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != urlsplit(address).netloc

    yield open_page
    context.close()
    assert not complaints


def step_of(page: Page):
    return page.locator("#inside-step .stepper .where")


def test_a_link_opens_the_step_and_arrows_and_clicks_lead_to_others(inside):
    page = inside()
    expect(page.get_by_role("tab", name="Inside")).to_have_attribute("aria-selected", "true")
    expect(step_of(page)).to_contain_text("step 2 of")
    page.keyboard.press("ArrowRight")
    expect(step_of(page)).to_contain_text("step 3 of")
    page.get_by_role("button", name="Previous step").click()
    expect(step_of(page)).to_contain_text("step 2 of")
    page.locator(".stepper .words button").first.click()
    expect(step_of(page)).to_contain_text("step 1 of")
    page.keyboard.press("ArrowRight")  # the word clicked still has the focus
    expect(step_of(page)).to_contain_text("step 2 of")
    wait_for_query(page, "step", "2")


def test_another_word_is_priced_and_taken_back(inside):
    page = inside()
    before = page.locator("#inside-what-if strong").inner_text()
    page.locator(".choices button").nth(1).click()
    expect(page.locator("#inside-what-if strong")).to_contain_text("Δ log p")
    expect(page.locator("#inside-what-if .pair .new").first).to_be_in_viewport()
    page.wait_for_url("**&edits=*")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#inside-what-if .pair")).to_have_count(0)
    assert page.locator("#inside-what-if strong").inner_text() == before


def test_an_attention_bar_is_moved_by_the_keyboard(inside):
    page = inside()
    bar = page.locator("#inside-step input[type=range]").first
    bar.focus()
    bar.press("End")
    expect(page.locator("#inside-what-if .edits li")).to_contain_text("100 %")
    expect(bar).to_be_focused()
    expect(page.locator("#inside-step .rows li .alpha b").first).to_have_text("1.00")


def test_what_cannot_be_written_is_told(inside):
    page = inside()
    page.locator("#inside-step .typed").fill("x" * 60)
    page.locator("#inside-step .typed").press("Enter")
    expect(page.locator("#inside-what-if .edits li, #inside-message .s2s-text:not(:empty)").first).to_be_visible()


def test_from_a_word_of_the_picture_to_its_step_through_all_instruments_and_to_a_class(visit):
    page = visit(QUESTION.removesuffix("&step=2"))
    stage, step = page.locator("#picture .picture-stage"), page.locator("#inside-step")
    stage.focus()
    for key in ("ArrowDown", "ArrowRight"):
        stage.press(key)
    expect(page.locator(".picture-inside")).to_contain_text("homme")
    stage.press("i")
    expect(step_of(page)).to_contain_text("step 2 of")

    sizes = step.locator(".panel-looks math").evaluate_all("all => all.map(one => one.clientWidth)")
    assert len(sizes) == 3
    assert min(sizes) > 20
    step.locator(".formula .sym-energy").first.hover()
    expect(step.locator(".panels")).to_have_attribute("data-lit", "energy")
    step.locator(".panel-looks .formula").nth(1).focus()
    expect(step.locator(".panels")).to_have_attribute("data-lit", "alpha energy")
    page.locator("#inside-encoder summary").press("Enter")
    expect(page.locator("#inside-encoder tbody tr").first.locator(".numbers-strip")).to_have_count(4)

    page.locator("[data-key=wished]").fill("femme")
    page.locator("[data-key=wished]").press("Enter")
    expect(page.locator("#inside-wish .verdict")).to_contain_text("femme", timeout=SLOW)
    page.locator("[data-key=reference]").fill("Une femme lit un livre.")
    page.locator("[data-key=reference]").press("Enter")
    expect(page.locator("#inside-searches tbody tr")).to_have_count(5, timeout=SLOW)
    expect(page.locator("#inside-searches .verdict")).to_contain_text("Model error")
    page.locator("#inside-reasons").scroll_into_view_if_needed()
    expect(page.locator("#inside-reasons tbody tr")).to_have_count(3, timeout=SLOW)

    page.get_by_role("button", name="Show in the tree").click()
    expect(page.get_by_role("tab", name="Translate")).to_have_attribute("aria-selected", "true")
    wait_for_query(page, "step", None)
    page.get_by_role("tab", name="Inside").click()
    step.get_by_role("link", name="where it looks").press("Enter")
    options = page.locator("#inside-question .options button")
    options.nth(1).press("Enter")
    expect(step.locator(".stepper")).to_have_count(0)
    expect(page.locator("#picture .s2s-figure[data-drawn]")).to_have_count(0)
    page.get_by_role("button", name="See what it did").press("Enter")
    expect(step_of(page)).to_contain_text("step 2 of", timeout=SLOW)
    expect(page.locator("#inside-question .last li")).to_have_count(8)
    wait_for_query(page, "ask", None)


def test_nothing_in_the_tab_bars_anybody(inside):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(inside(), context="#page-inside", options={"resultTypes": ["violations"]})
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found.response["violations"]] == []
