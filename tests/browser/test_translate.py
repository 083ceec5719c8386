"""Tab Translate as a visitor meets it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from s2s_demo.views.theme import DARK_INK

FIGURE = "document.querySelector('#{} .s2s-figure')"


def ask(page: Page, text: str) -> None:
    page.fill("#sentence textarea", text)
    page.press("#sentence textarea", "Enter")


def labels(page: Page, axis: str) -> list[str]:
    """The words along an axis of the heatmap."""
    return page.evaluate(f"{FIGURE.format('heatmap')}.layout.{axis}axis.ticktext")


def wait_for_source(page: Page, *words: str) -> None:
    wanted = json.dumps([*words, "‹/s›"])
    page.wait_for_function(
        f"JSON.stringify({FIGURE.format('heatmap')}.layout.xaxis.ticktext) === JSON.stringify({wanted})"
    )


def wait_for_path(page: Page, length: int) -> None:
    page.wait_for_function(f"{FIGURE.format('heatmap')}.layout.yaxis.ticktext.length === {length}")


def node_at(page: Page, step: int) -> tuple[float, float]:
    """Where on the screen a node of this step lies that is not on the best path."""
    return page.evaluate(
        """step => {
          const box = document.querySelector('#tree .s2s-figure');
          const dots = box.data.find(trace => trace.customdata);
          const { xaxis, yaxis } = box._fullLayout;
          const column = dots.x.filter((x, i) => dots.y[i] === 0).sort((a, b) => a - b)[step];
          const i = dots.x.findIndex((x, i) => Math.abs(x - column) < 1 && dots.y[i] > 0);
          const drag = box.querySelector('.nsewdrag');
          drag.scrollIntoView({ block: 'center' });
          const area = drag.getBoundingClientRect();
          return [area.left + xaxis.d2p(dots.x[i]), area.top + yaxis.d2p(dots.y[i])];
        }""",
        step,
    )


def translation(page: Page):
    return page.locator("#answer .translation")


def spoken(page: Page) -> str:
    """The translation as it is read on the page, without what only screen readers hear."""
    return page.evaluate(
        """() => {
          const copy = document.querySelector('#answer .translation').cloneNode(true);
          copy.querySelectorAll('.hear').forEach(node => node.remove());
          return copy.textContent;
        }"""
    )


def test_the_first_thing_a_visitor_sees_is_a_finished_example(visit):
    page = visit()
    expect(translation(page)).to_contain_text("chiens")
    assert labels(page, "x") == [
        "Two",
        "dogs",
        "are",
        "playing",
        "with",
        "a",
        "red",
        "ball",
        "in",
        "the",
        "snow",
        ".",
        "‹/s›",
    ]
    assert urlsplit(page.url).query == ""


def test_typing_a_sentence_translates_it_and_the_heatmap_shows_its_words(visit):
    page = visit()
    ask(page, "A woman is reading a book.")
    expect(translation(page)).to_contain_text("femme")
    wait_for_source(page, "A", "woman", "is", "reading", "a", "book", ".")


def test_shift_enter_starts_a_line_and_the_button_translates(visit):
    page = visit()
    page.fill("#sentence textarea", "A dog sleeps.")
    page.press("#sentence textarea", "End")
    page.press("#sentence textarea", "Shift+Enter")
    page.type("#sentence textarea", "A cat eats.")
    assert page.input_value("#sentence textarea") == "A dog sleeps.\nA cat eats."
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(translation(page).locator(".sentence")).to_have_count(2)


def test_an_example_translates_at_once(visit):
    page = visit()
    page.get_by_role("button", name="A man in a blue shirt is standing on a ladder.").click()
    expect(translation(page)).to_contain_text("homme")
    expect(page.locator("#sentence textarea")).to_have_value("A man in a blue shirt is standing on a ladder.")


def test_clicking_a_node_shows_its_path_and_back_returns_to_the_best(visit):
    page = visit()
    best = labels(page, "y")
    page.mouse.click(*node_at(page, 2))
    expect(page.locator("#path-note")).to_contain_text("step 2")
    wait_for_path(page, 2)
    page.get_by_role("button", name="Back to the best").click()
    expect(page.locator("#path-note")).to_contain_text("the translation")
    wait_for_path(page, len(best))
    assert labels(page, "y") == best


def test_the_keyboard_reaches_every_path(visit):
    page = visit()
    page.locator("#path-shown input").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("1: ")
    page.keyboard.press("Enter")
    expect(page.locator("#path-note")).to_contain_text("step 1")
    wait_for_path(page, 1)


def test_a_row_of_the_finished_hypotheses_shows_its_attention(visit):
    page = visit()
    row = page.locator("#finished tbody tr").nth(1)
    text = row.locator("td").nth(1).inner_text()
    row.get_by_role("button").press("Enter")
    expect(page.locator("#path-note")).to_contain_text(text)
    expect(page.locator("#finished tr.selected")).to_contain_text(text)


def test_the_strategy_changes_the_answer_at_once_and_shows_its_own_knobs(visit):
    page = visit()
    page.get_by_text("Greedy", exact=True).click()
    expect(page.locator("#finished tbody tr")).to_have_count(1)
    expect(page.locator("#beam-size")).to_be_hidden()
    page.get_by_text("Sample", exact=True).click()
    expect(page.locator("#seed")).to_be_visible()
    page.get_by_text("Beam", exact=True).click()
    expect(page.locator("#beam-size")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('#finished tbody tr').length >= 5")


def test_each_sentence_has_its_own_pictures(visit):
    page = visit()
    ask(page, "I have a pen. Where is the station?")
    wait_for_source(page, "I", "have", "a", "pen", ".")
    page.locator("#answer .sentence").nth(1).click()
    wait_for_source(page, "Where", "is", "the", "station", "?")
    page.locator("#sentence-shown").get_by_text("1. I have a pen.").click()
    wait_for_source(page, "I", "have", "a", "pen", ".")


def test_subwords_and_cut_candidates_can_be_shown(visit):
    page = visit()
    nodes = f"{FIGURE.format('tree')}.data.find(trace => trace.customdata).customdata.length"
    before = page.evaluate(nodes)
    page.get_by_label("Show what was cut").check()
    page.wait_for_function(f"{nodes} > {before}")
    page.get_by_text("Subwords", exact=True).click()
    page.wait_for_function(f"{FIGURE.format('heatmap')}.layout.xaxis.ticktext[0] === '·Two'")


def test_a_phone_never_scrolls_sideways(visit):
    page = visit(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    ask(page, "I have a pen. Where is the station? " + "She eats an apple in the kitchen and he reads. " * 2)
    expect(translation(page).locator(".sentence")).to_have_count(4)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "template": "${alert(1)} {{value}} `${document.title}` {{#each this}}",
    "emoji": "I love my 🐶 and my 👩‍👩‍👧‍👦.",
    "right to left": "مرحبا بالعالم and שלום",
    "plotly markup": "<b>bold</b> <a href='javascript:alert(1)'>x</a> $x^2$ %{customdata}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_is_text(visit, text):
    page = visit()
    page.on("dialog", lambda dialog: pytest.fail("a script of the visitor ran"))
    ask(page, text)
    page.wait_for_function(f"{FIGURE.format('heatmap')}.layout.xaxis.ticktext[0] !== 'Two'")
    expect(page.locator("#message .s2s-text")).to_be_empty()
    assert page.locator("#answer img, #answer script, #heatmap img, #finished img, #tree a").count() == 0
    assert parse_qs(urlsplit(page.url).query)["text"] == [text]


@pytest.mark.parametrize(("text", "said"), [("", "nothing to translate"), ("   ", "nothing"), ("a" * 10_000, "10,000")])
def test_what_cannot_be_translated_gets_a_sentence_and_nothing_is_lost(visit, text, said):
    page = visit()
    ask(page, text)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator("#sentence textarea")).to_have_value(text)
    expect(translation(page)).to_contain_text("chiens")
    ask(page, "A cat.")
    expect(translation(page)).to_contain_text("chat")
    expect(page.locator("#message .s2s-text")).to_be_empty()


def test_the_json_file_holds_what_the_page_shows(visit):
    page = visit()
    with page.expect_download() as download:
        page.locator("#export-json").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert saved["text"] == spoken(page)
    assert [h["text"] or "‹/s›" for h in saved["sentences"][0]["hypotheses"]] == page.locator(
        "#finished tbody td:nth-child(2)"
    ).all_inner_texts()


def test_a_link_brings_back_the_same_view(visit):
    page = visit()
    page.get_by_text("Greedy", exact=True).click()
    ask(page, "A child is laughing.")
    expect(translation(page)).to_contain_text("enfant")
    page.wait_for_url("**/?text=*strategy=greedy*")
    again = visit("?" + urlsplit(page.url).query)
    expect(again.locator("#sentence textarea")).to_have_value("A child is laughing.")
    expect(again.locator("#finished tbody tr")).to_have_count(1)
    assert spoken(again) == spoken(page)


def test_an_impossible_link_still_opens_the_page(visit):
    page = visit("?model=../../etc&beam=999&strategy=magic&penalty=nan&text=A+dog.")
    expect(translation(page)).to_contain_text("chien")
    expect(page.locator("#message .s2s-text")).to_be_empty()


def test_the_page_follows_the_system_into_the_dark_and_the_button_back(visit):
    page = visit(color_scheme="dark")
    ink = f"{FIGURE.format('heatmap')}.layout.font.color"
    dark = page.evaluate(ink)
    for picture in ("heatmap", "tree"):
        figure = FIGURE.format(picture)
        drawn = page.evaluate(f"JSON.stringify([{figure}.data, {figure}.layout])")
        assert [colour for colour in set(DARK_INK) - set(DARK_INK.values()) if colour in drawn] == []
    expect(page.locator("body")).to_have_class("dark")
    page.get_by_role("button", name="Switch between light and dark").click()
    page.wait_for_function(f"{ink} !== '{dark}'")
    light = page.evaluate(ink)
    page.reload()
    page.locator("#tree .s2s-figure[data-drawn]").wait_for()
    page.wait_for_function(f"{ink} === '{light}'")


def test_a_picture_can_be_saved(visit):
    page = visit()
    for label, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("HTML", b"<!DOCTYPE html>")):
        page.locator("#heatmap summary").click()
        with page.expect_download() as download:
            page.locator("#heatmap").get_by_role("button", name=label).click()
        assert download.value.path().read_bytes().startswith(start)


BUSY = "document.querySelector('#page-translate').classList.contains('is-busy')"


def count_busy(page: Page) -> None:
    """Count from now on how often the page gets busy."""
    page.evaluate("""() => {
      window.timesBusy = 0;
      const tab = document.querySelector('#page-translate');
      let was = tab.classList.contains('is-busy');
      new MutationObserver(() => {
        const is = tab.classList.contains('is-busy');
        if (is && !was) window.timesBusy += 1;
        was = is;
      }).observe(tab, { attributes: true, attributeFilter: ['class'] });
    }""")


@pytest.mark.parametrize("text", ["A cat eats.", "", "a" * 10_000], ids=["an answer", "an error", "another error"])
def test_the_page_is_busy_no_more_when_the_same_is_asked_twice(visit, text):
    page = visit()
    count_busy(page)
    for times in (1, 2, 3):
        ask(page, text)
        page.wait_for_function(f"window.timesBusy === {times} && !{BUSY}")


def test_whatever_asks_the_same_again_ends_the_busy_bar(visit):
    page = visit()
    chip = page.get_by_role("button", name="A man in a blue shirt is standing on a ladder.")
    asking = [chip.click, chip.click, page.get_by_role("button", name="Translate", exact=True).click]
    count_busy(page)
    for times, press in enumerate(asking, start=1):
        press()
        page.wait_for_function(f"window.timesBusy === {times} && !{BUSY}")
