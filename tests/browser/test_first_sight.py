"""What is seen before the page is live, and that nobody sees it go."""

import pytest

from tests.tools.first_sight import WATCH

NAMES = """(names) => [...document.querySelectorAll(names)].map((name) => {
  const text = document.createRange();
  text.selectNodeContents(name);
  const { left, top, bottom } = text.getBoundingClientRect();
  return [name.textContent, Math.round(left), Math.round((top + bottom) / 2)];
})"""


def test_the_first_answer_is_there_at_once_and_stays_where_it_is_when_the_page_comes_to_life(visit, chromium, address):
    visit()  # the answer is known from here on
    with chromium.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address, wait_until="commit")
        page.locator(".s2s-first .picture-main [data-drawn]").wait_for(state="attached")
        assert "Deux chiens jouent" in page.locator(".s2s-first .picture-said").inner_text()
        page.wait_for_function("window.firstSight.live", timeout=30_000)
        seen = page.evaluate("window.firstSight")
        assert seen["words"] < seen["live"]
        assert seen["map"] < seen["live"]
        assert seen["moved"] == [0, 0]
        assert page.locator(".s2s-first").count() == 0
        for card in ("main", "map"):
            page.locator(f"#picture .picture-{card} .s2s-figure.js-plotly-plot").wait_for()


@pytest.mark.parametrize("width", [390, 1024, 1366])
def test_the_names_of_tabs_stand_where_the_live_page_will_have_them(visit, chromium, address, width):
    visit()
    with chromium.new_context(viewport={"width": width, "height": 768}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address, wait_until="commit")
        page.locator(".s2s-first .picture-main [data-drawn]").wait_for(state="attached")
        first = page.evaluate(NAMES, ".s2s-first .first-tabs > span")
        page.wait_for_function("window.firstSight.live", timeout=30_000)
        page.locator("#tabs [role=tablist] button").first.wait_for()
        live = page.evaluate(NAMES, "#tabs [role=tablist] button")
        assert len(live) >= 4
        for (name, left, middle), (also, x, y) in zip(first, live, strict=False):
            assert (name, abs(left - x) <= 2, abs(middle - y) <= 2) == (also, True, True)
