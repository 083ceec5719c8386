"""What is seen before the page is live, and that nobody sees it go."""

from tests.tools.first_sight import WATCH


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
