"""The page for those who hear it or walk it by keys: axe-core finds nothing serious, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .training import wait_for_state

LONG = 30_000  # ms
WIDE = "A man in a blue shirt is standing on a ladder cleaning a window in front of a big white house. I have a pen."
STILL = {"reduced_motion": "reduce"}  # no colour is caught on its way to another


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core calls serious or critical, with its place; of all its rules, or those named."""
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [f"{fault['id']}: {node['target']} {node['html'][:200]}" for fault in grave for node in fault["nodes"]]


def assert_accessible(page: Page) -> None:
    """In the look the page has, and in the other one, which it keeps; only colours differ there."""
    here, was_dark = faults(page), page.evaluate("S2S.dark()")
    page.click("#theme-toggle")
    assert page.evaluate("S2S.dark()") != was_dark
    assert (here, faults(page, "color-contrast")) == ([], [])


def unfold(page: Page) -> None:
    """Open what is folded on the tab, menus too; a fold within a fold comes up when that is open."""
    page.evaluate("document.querySelectorAll('details').forEach(menu => menu.open = true)")
    page.wait_for_function(
        """() => {
          const folds = [...document.querySelectorAll('button.label-wrap')].filter((fold) => fold.offsetParent);
          const closed = folds.filter((fold) => !fold.classList.contains('open'));
          closed.forEach((fold) => fold.click());
          return !closed.length;
        }""",
        polling=200,
    )


def test_an_answer_with_all_its_folds_open_is_accessible(visit):
    page = visit(**STILL)
    page.fill("#sentence textarea", WIDE)
    page.press("#sentence textarea", "Enter")
    expect(page.locator("#picture .picture-sentences button")).to_have_count(2, timeout=LONG)
    unfold(page)
    expect(page.locator("#picture [data-table='tree'] tbody tr").first).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Examples").click()
    page.locator("#picture .picture-stage").focus()
    for key in (*["ArrowRight"] * 4, "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#picture .picture-cut")).to_be_visible()
    assert_accessible(page)


def test_the_chinese_page_is_accessible(visit):
    page = visit("?lang=zh", **STILL)
    unfold(page)
    expect(page.locator("#picture [data-table='tokens'] tbody tr").first).to_be_visible(timeout=LONG)
    assert_accessible(page)


def test_the_family_lanes_side_by_side_and_their_figures_are_accessible(visit):
    page = visit(**STILL)
    page.get_by_role("tab", name="Compare").click()
    expect(page.locator("#family .kind").first).to_be_visible(timeout=LONG)
    assert_accessible(page)
    page.get_by_text("Side by side", exact=True).click()
    expect(page.locator("#compare-by-beam [data-drawn]")).to_be_visible(timeout=LONG)
    page.fill("#compare-sentence textarea", WIDE)
    page.press("#compare-sentence textarea", "Enter")
    expect(page.locator(".lanes-sentences button")).to_have_count(2, timeout=LONG)
    unfold(page)
    expect(page.locator("#compare-by-beam-table tbody tr").first).to_be_visible(timeout=LONG)
    assert_accessible(page)
    expect(page.locator(".lane-head button").filter(has_text="beam 5")).to_have_count(3)


def test_an_evaluation_is_accessible_before_it_and_after_it(visit):
    page = visit(**STILL)
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#evaluate-overview [data-drawn]")).to_be_visible(timeout=LONG)
    assert_accessible(page)
    unfold(page)
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-figures tbody tr")).to_have_count(2, timeout=LONG)
    worst = page.locator("#evaluate-worst tbody button").first
    worst.click()
    expect(page.get_by_role("heading", name=f"Sentence {worst.inner_text()}", level=2)).to_be_visible(timeout=LONG)
    unfold(page)
    assert_accessible(page)


def test_a_run_is_accessible_before_it_and_after_it(train):
    page = train(updates=12, hidden_size=16, **STILL)
    assert_accessible(page)
    page.click("#start")
    wait_for_state(page, "finished")
    expect(page.locator("#prefixes td").first).to_be_visible(timeout=LONG)
    expect(page.locator("#run-samples td").first).to_be_visible(timeout=LONG)
    unfold(page)
    assert_accessible(page)


def test_the_tab_key_stops_at_what_scrolls_while_it_does(visit):
    page = visit(**STILL)
    table = page.get_by_role("group", name="The tree as a table")
    expect(table).to_have_count(0)
    unfold(page)
    expect(table).to_have_attribute("tabindex", "0", timeout=LONG)
    table.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.scrollTop > 0", timeout=LONG)
    page.fill("#sentence textarea", "A dog.")
    page.get_by_text("Greedy", exact=True).click()
    expect(table).to_have_count(0, timeout=LONG)
