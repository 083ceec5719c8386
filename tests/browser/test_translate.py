"""Tab Translate as a visitor asks it: by typing, examples, links, strategies and models."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from .picture import FIRST, MAP, ask, hypotheses, labels, texts, translation, wait_for_query, wait_for_source


def test_the_first_thing_a_visitor_sees_is_a_finished_example(visit):
    page = visit()
    expect(translation(page)).to_contain_text("chiens")
    assert labels(page, "x") == FIRST
    assert texts(page)[: len(FIRST)] == FIRST
    assert urlsplit(page.url).query == ""


def test_typing_a_sentence_translates_it_and_the_picture_shows_its_words(page):
    ask(page, "A woman is reading a book.")
    expect(translation(page)).to_contain_text("femme")
    wait_for_source(page, "A", "woman", "is", "reading", "a", "book", ".")
    assert {"woman", "book", "femme"} <= set(texts(page))


def test_shift_enter_starts_a_line_and_the_button_translates(page):
    page.fill("#sentence textarea", "A dog sleeps.")
    page.press("#sentence textarea", "End")
    page.press("#sentence textarea", "Shift+Enter")
    page.type("#sentence textarea", "A cat eats.")
    assert page.input_value("#sentence textarea") == "A dog sleeps.\nA cat eats."
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.locator("#picture .picture-sentences button")).to_have_count(2)


LADDER = "A man in a blue shirt is standing on a ladder."


def test_the_examples_hang_below_the_sentence_and_translate_at_once(page):
    chip = page.get_by_role("button", name=LADDER)
    expect(chip).to_be_hidden()
    page.get_by_role("button", name="Examples").click()
    chip.click()
    expect(chip).to_be_hidden()
    expect(translation(page)).to_contain_text("homme")
    expect(page.locator("#sentence textarea")).to_have_value(LADDER)


def test_the_examples_can_be_reached_by_keys_and_left_again(page):
    button = page.get_by_role("button", name="Examples")
    button.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=LADDER)).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(translation(page)).to_contain_text("homme")
    expect(button).to_be_focused()


def test_the_strategy_changes_the_answer_at_once_and_shows_its_own_settings(visit):
    page = visit()
    page.get_by_text("Greedy", exact=True).click()
    expect(hypotheses(page)).to_have_count(1)
    expect(page.locator("#beam-size")).to_be_hidden()
    page.get_by_text("Sample", exact=True).click()
    expect(page.locator("#seed")).to_be_visible()
    page.locator("#strategy").get_by_text("Beam", exact=True).click()
    expect(hypotheses(page)).to_have_count(5)
    page.locator("#beam-size input[type=number]").fill("2")
    page.locator("#beam-size input[type=number]").press("Enter")
    expect(hypotheses(page)).to_have_count(2)
    page.wait_for_url("**beam=2*")
    rarer, more = page.locator("#strategy").get_by_text("Exact", exact=True), page.get_by_role("button", name="More")
    expect(rarer).to_be_hidden()
    more.last.click()
    rarer.click()
    expect(more.last).to_have_attribute("aria-expanded", "false")
    expect(rarer).to_be_visible()
    expect(page.locator("#strategy").get_by_text("Exhaustive", exact=True)).to_be_hidden()


def test_another_model_gets_one_of_its_own_examples(visit):
    page = visit()
    page.locator("#model input").click()
    page.get_by_role("option", name="French → English").click()
    expect(page.locator("#sentence textarea")).not_to_have_value("Two dogs are playing with a red ball in the snow.")
    expect(page.locator("#about")).to_contain_text("fr-en")
    page.wait_for_function(
        f"document.querySelector('#sentence textarea').value.startsWith({MAP}.layout.xaxis.ticktext[0])"
    )


def test_a_link_brings_back_the_same_answer(visit):
    page = visit()
    page.get_by_text("Greedy", exact=True).click()
    ask(page, "A child is laughing.")
    expect(translation(page)).to_contain_text("enfant")
    page.wait_for_url("**/?text=*strategy=greedy*")
    again = visit("?" + urlsplit(page.url).query)
    expect(again.locator("#sentence textarea")).to_have_value("A child is laughing.")
    expect(hypotheses(again)).to_have_count(1)
    assert translation(again).inner_text() == translation(page).inner_text()


@pytest.mark.parametrize(
    "link",
    [
        "?model=../../etc&beam=999&strategy=magic&penalty=nan&text=A+dog.",
        "?text=A+dog.&strategy=beam&beam=3&penalty=0.5&node=7&cut=true",  # as the page once wrote it
    ],
    ids=["impossible", "old"],
)
def test_a_link_that_knows_more_or_less_still_opens_the_page(visit, link):
    page = visit(link)
    expect(translation(page)).to_contain_text("chien")
    expect(page.locator("#message .s2s-text")).to_be_empty()


HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "template": "${alert(1)} {{value}} `${document.title}` {{#each this}}",
    "emoji": "I love my 🐶 and my 👩‍👩‍👧‍👦.",
    "right to left": "مرحبا بالعالم and שלום",
    "plotly markup": "<b>bold</b> <a href='javascript:alert(1)'>x</a> $x^2$ %{customdata}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_is_text(page, text):
    page.on("dialog", lambda dialog: pytest.fail("a script of the visitor ran"))
    ask(page, text)
    page.wait_for_function(f"{MAP}.layout.xaxis.ticktext[0] !== 'Two'")
    expect(page.locator("#message .s2s-text")).to_be_empty()
    assert page.locator("#picture :is(img, script, a)").count() == 0
    wait_for_query(page, "text", text)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("text", "said"), [("", "nothing to translate"), ("   ", "nothing"), ("a" * 10_000, "10,000")])
def test_what_cannot_be_translated_gets_a_sentence_and_nothing_is_lost(page, text, said):
    ask(page, text)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator("#sentence textarea")).to_have_value(text)
    expect(translation(page)).to_contain_text("chiens")
    assert labels(page, "x") == FIRST
    ask(page, "A cat.")
    expect(translation(page)).to_contain_text("chat")
    expect(page.locator("#message .s2s-text")).to_be_empty()


def test_another_answer_moves_no_card_and_leaves_no_gap(visit):
    page = visit()
    cards = """() => ['.picture-main', '.picture-map'].map(name => {
      const { x, y, width, height } = document.querySelector(`#picture ${name}`).getBoundingClientRect();
      return [x, y, width, height > 100];
    })"""
    before = page.evaluate(cards)
    page.evaluate(
        f"""() => {{
          const cards = {cards}, seen = window.seen = [];
          const look = () => {{ seen.push(JSON.stringify(cards())); requestAnimationFrame(look); }};
          look();
        }}"""
    )
    ask(page, "A woman is reading a book.")
    expect(translation(page)).to_contain_text("femme")
    wait_for_source(page, "A", "woman", "is", "reading", "a", "book", ".")
    assert [json.loads(one) for one in page.evaluate("[...new Set(window.seen)]")] == [before]


BUSY = "document.querySelector('#page-translate').classList.contains('is-busy')"


def count_busy(page: Page) -> None:
    """Count from now on how often the page gets busy."""
    page.evaluate("""() => {
      window.timesBusy = 0;
      window.busyWatch?.disconnect();
      const tab = document.querySelector('#page-translate');
      let was = tab.classList.contains('is-busy');
      window.busyWatch = new MutationObserver(() => {
        const is = tab.classList.contains('is-busy');
        if (is && !was) window.timesBusy += 1;
        was = is;
      });
      window.busyWatch.observe(tab, { attributes: true, attributeFilter: ['class'] });
    }""")


@pytest.mark.parametrize("text", ["A cat eats.", "", "a" * 10_000], ids=["an answer", "an error", "another error"])
def test_the_page_is_busy_no_more_when_the_same_is_asked_twice(page, text):
    count_busy(page)
    for times in (1, 2, 3):
        ask(page, text)
        page.wait_for_function(f"window.timesBusy === {times} && !{BUSY}")


def test_whatever_asks_the_same_again_ends_the_busy_bar(page):

    def press_chip() -> None:
        page.get_by_role("button", name="Examples").click()
        page.get_by_role("button", name=LADDER).click()

    asking = [press_chip, press_chip, page.get_by_role("button", name="Translate", exact=True).click]
    count_busy(page)
    for times, press in enumerate(asking, start=1):
        press()
        page.wait_for_function(f"window.timesBusy === {times} && !{BUSY}")
