"""Tab Compare as a visitor meets it."""

import time

from playwright.sync_api import Page, expect

from s2s_demo.ui.compare import handlers

HOSTILE = "Two <img src=x onerror=alert(1)> dogs are playing."


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def lane(page: Page, number: int, part: str):
    return page.locator(f"#lane-{number}-{part}")


def open_compare(visit, **context) -> Page:
    page = visit(**context)
    open_tab(page, "Compare")
    lane(page, 1, "tree").locator(".s2s-figure[data-drawn]").wait_for()
    return page


def choose(page: Page, group: str, wanted: set[str]) -> None:
    """Tick the wanted boxes, then untick the others, so that there is never none."""
    labels = page.locator(f"#{group} label")
    for tick in (True, False):
        for i in range(labels.count()):
            text = labels.nth(i).inner_text().strip()
            if (text in wanted) == tick:
                labels.nth(i).locator("input").set_checked(tick)


def compare_three_ways(page: Page) -> None:
    choose(page, "compare-models", {"English → French"})
    choose(page, "compare-ways", {"Greedy", "Beam", "Sample"})
    expect(lane(page, 3, "title")).to_have_text("English → French · sample, seed 0")
    expect(page.locator(".lane:visible")).to_have_count(3)


def test_one_model_three_ways_side_by_side(visit):
    page = open_compare(visit)
    compare_three_ways(page)
    page.fill("#compare-sentence textarea", "A woman is reading a book.")
    page.press("#compare-sentence textarea", "Enter")
    for number in (1, 2, 3):
        expect(lane(page, number, "answer").locator(".numbers")).to_contain_text("Σ log p")
    expect(lane(page, 2, "answer").locator(".translation")).to_contain_text("femme")
    scales = page.evaluate(
        """() => [1, 2, 3].map(n => document.querySelector(`#lane-${n}-heatmap .s2s-figure`).data[0])
          .map(({zmin, zmax}) => [zmin, zmax])"""
    )
    assert scales == [[0, 1]] * 3


def test_a_slow_first_answer_does_not_replace_a_later_one(visit, monkeypatch):
    compared, asked = handlers.compared, []

    def slow_at_first(visit, form, sentence):
        asked.append(form)
        shown = compared(visit, form, sentence)
        time.sleep(4 if form == asked[0] else 0)
        return shown

    monkeypatch.setattr(handlers, "compared", slow_at_first)
    page = visit()
    open_tab(page, "Compare")
    page.fill("#compare-sentence textarea", "A woman is reading a book.")
    page.wait_for_timeout(500)
    page.press("#compare-sentence textarea", "Enter")
    expect(lane(page, 1, "answer").locator(".translation")).to_contain_text("femme", timeout=3500)
    page.wait_for_timeout(4500)
    expect(lane(page, 1, "answer").locator(".translation")).to_contain_text("femme")


def test_no_lane_at_all_is_refused_in_words_and_the_last_answer_stays(visit):
    page = open_compare(visit)
    compare_three_ways(page)
    for name in ("Greedy", "Beam", "Sample"):
        page.locator("#compare-ways label", has_text=name).locator("input").press("Space")
    expect(page.locator("#compare-message")).to_contain_text("at least one way")
    expect(lane(page, 1, "title")).to_contain_text("English → French ·")
    expect(lane(page, 1, "answer").locator(".translation")).not_to_be_empty()


def test_hostile_text_is_only_text_in_every_lane(visit):
    page = open_compare(visit)
    page.fill("#compare-sentence textarea", HOSTILE)
    page.get_by_role("button", name="Compare", exact=True).click()
    for number in (1, 2, 3):
        expect(lane(page, number, "answer").locator(".translation")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.evaluate("document.querySelectorAll('.lane img').length") == 0


def test_lanes_stand_beside_each_other_with_their_maps_at_one_height(visit):
    page = open_compare(visit)
    compare_three_ways(page)
    lane(page, 3, "tree").locator(".s2s-figure[data-drawn]").wait_for()
    tops = page.evaluate(
        "[1, 2, 3].map(n => Math.round(document.querySelector(`#lane-${n}-heatmap`).getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1


def test_a_phone_never_scrolls_sideways(visit):
    page = open_compare(visit, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
