"""Tab Compare as a visitor meets it."""

from threading import Event

from playwright.sync_api import Page, expect

from s2s_demo.ui.compare import handlers

HOSTILE = "Two <img src=x onerror=alert(1)> dogs are playing."
WRITTEN = "document.querySelector('.lane[data-lane=\"{}\"] .s2s-figure')?.data?.[0].text"


def open_compare(visit, **context) -> Page:
    page = visit(**context)
    page.get_by_role("tab", name="Compare").click()
    page.get_by_text("Side by side", exact=True).click()
    page.locator(".lane .s2s-figure[data-drawn]").first.wait_for()
    return page


def written(page: Page, lane: int, word: str) -> None:
    """Wait until a lane's figure shows a word."""
    page.wait_for_function(f"{WRITTEN.format(lane)}?.includes({word!r})")


def choose(page: Page, group: str, wanted: set[str]) -> None:
    """Tick the wanted boxes, then untick the others, so that there is never none."""
    labels = page.locator(f"#{group} label")
    for tick in (True, False):
        for i in range(labels.count()):
            text = labels.nth(i).inner_text().strip()
            if (text in wanted) == tick:
                labels.nth(i).locator("input").set_checked(tick, force=True)


def test_lanes_are_read_word_under_word_marked_together_and_shown_whole(visit):
    page = open_compare(visit, viewport={"width": 1366, "height": 768})
    expect(page.locator(".lane")).to_have_count(3)
    card = page.locator(".lanes-card").bounding_box()
    assert card["y"] + card["height"] < 640  # above the fold of a projector
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    for lane in (0, 1):
        figure = page.locator(f".lane[data-lane='{lane}'] .s2s-figure[data-drawn]").bounding_box()
        page.mouse.move(figure["x"] + 20, figure["y"] + 12)
        expect(page.locator(".lanes-line")).to_contain_text("additive attention · beam 5: Deux")
        expect(page.locator(".lanes-line")).to_contain_text("English → French · beam 5: Deux")
    page.mouse.move(5, 5)
    page.locator(".lanes-stage").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".lanes-line")).to_contain_text("no attention · beam 5: Deux")
    page.locator(".lane button").nth(2).click()
    expect(page.locator(".lanes-chosen")).to_contain_text("no attention")
    expect(page.locator("#lanes .picture-blind")).to_be_visible()
    assert requests == []  # all of it in the browser
    page.get_by_role("button", name="Models 3").click()
    choose(page, "compare-models", {"English → French"})
    page.get_by_role("button", name="Decoding 1").click()
    choose(page, "compare-ways", {"Greedy", "Beam", "Sample"})
    expect(page.locator(".lane")).to_have_count(3)
    expect(page.locator(".lane-head button").nth(2)).to_have_text("English → French · sample, seed 0")
    page.keyboard.press("Escape")
    page.fill("#compare-sentence textarea", f"{HOSTILE} A woman is reading a book.")
    page.press("#compare-sentence textarea", "Enter")
    page.get_by_role("button", name="A woman is reading a book.").click()
    written(page, 1, "femme")
    assert page.evaluate("document.querySelectorAll('#lanes img').length") == 0
    page.get_by_role("button", name="Decoding 3").click()
    choose(page, "compare-ways", set())
    expect(page.locator("#compare-message")).to_contain_text("at least one way")
    expect(page.locator(".lane-head button").last).to_have_text("English → French · sample, seed 0")  # it stays
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_family_reads_a_date_and_a_card_opens_train_with_its_settings(visit):
    page = visit(viewport={"width": 390, "height": 844})
    page.get_by_role("tab", name="Compare").click()
    expect(page.get_by_role("img", name="No attention: wrote 2021-03-03 without a look")).to_be_visible()
    page.fill("#compare-date input, #compare-date textarea", "x" * 49)
    page.keyboard.press("Enter")
    expect(page.locator("#compare-family-message")).to_contain_text("room for 48")
    page.wait_for_function("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Train it again, with the same settings: Multi-head").click()
    expect(page.get_by_role("tab", name="Train")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#page-train")).to_contain_text("GRU 128 · multi-head · luong")


def test_a_slow_first_answer_does_not_replace_a_later_one(visit, monkeypatch):
    compared, asked, later_is_there, first_is_there = handlers.compared, [], Event(), Event()

    def slow_at_first(visit, form):
        asked.append(form)
        shown = compared(visit, form)
        if form == asked[0]:
            assert later_is_there.wait(60)
            first_is_there.set()
        return shown

    monkeypatch.setattr(handlers, "compared", slow_at_first)
    page = visit()
    page.get_by_role("tab", name="Compare").click()
    page.get_by_text("Side by side", exact=True).click()
    page.fill("#compare-sentence textarea", "A woman is reading a book.")
    page.wait_for_timeout(500)
    page.press("#compare-sentence textarea", "Enter")
    written(page, 0, "femme")
    later_is_there.set()
    assert first_is_there.wait(10)
    page.wait_for_timeout(1000)
    written(page, 0, "femme")
