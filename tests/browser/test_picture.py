"""The linked picture as a visitor looks at it: nothing that is pointed at or chosen asks the server."""

import json
import re
from urllib.parse import quote_plus

from playwright.sync_api import expect

from .picture import (
    MAP,
    PICTURE,
    ask,
    hypotheses,
    labels,
    line,
    no_request,
    place,
    rows_of,
    texts,
    translation,
    wait_for,
    wait_for_source,
)

LONG = (
    "The young woman who lives next to my brother bought a small house near the river last year, "
    "but she still works in the big city every day."
)
FRAME = 500  # ms that a look may take on a busy machine; a quiet one takes less than 50


def test_pointing_at_a_word_marks_it_everywhere(page):
    with no_request(page):
        page.mouse.move(*place(page, "balle"))
        expect(line(page)).to_have_text(re.compile(r"^balle p .* rank 1 · looked at ball"))
        page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.includes('<b>balle</b>')")
        page.wait_for_function(f"{MAP}.layout.xaxis.ticktext.includes('<b>ball</b>')")
        page.mouse.move(*place(page, "red"))
        expect(line(page)).to_have_text(re.compile(r"^red · looked at by rouge"))
        page.wait_for_function(f"{MAP}.layout.xaxis.ticktext.includes('<b>red</b>')")
        page.mouse.move(1, 1)
        expect(line(page)).to_be_empty()
        page.wait_for_function(f"!{MAP}.layout.xaxis.ticktext.join().includes('<b>')")


def test_pointing_at_a_row_of_the_map_marks_its_word_in_the_picture(page):
    row = labels(page, "y").index("rouge")
    x, y = page.evaluate(
        f"""row => {{
          const {{ left, top }} = {MAP}.getBoundingClientRect(), {{ margin, height, yaxis }} = {MAP}.layout;
          const each = (height - margin.t - margin.b) / (yaxis.range[0] + 0.5);
          return [left + margin.l + 5, top + margin.t + each * (row + 0.5)];
        }}""",
        row,
    )
    with no_request(page):
        page.mouse.move(x, y)
        expect(line(page)).to_have_text(re.compile("^rouge p "))


def test_a_hypothesis_that_is_chosen_swaps_words_ribbons_map_and_tables(page):
    best, bands = labels(page, "y"), page.evaluate(f"JSON.stringify({PICTURE}.layout.shapes)")
    steps = rows_of(page, "tokens")
    with no_request(page):
        other = hypotheses(page).nth(4)
        text = other.locator("td").nth(1).inner_text()
        other.get_by_role("button").press("Enter")
        page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.length !== {len(best)}")
        assert [word for word in labels(page, "y") if word != "<eos>"] == re.findall(r"[\w']+|\.", text)
        assert page.evaluate(f"JSON.stringify({PICTURE}.layout.shapes)") != bands
        assert rows_of(page, "tokens") != steps
        expect(hypotheses(page).nth(4)).to_have_class("selected")
        expect(other.get_by_role("button")).to_be_focused()
        page.get_by_role("button", name="Back to the best").click()
        wait_for(page, "y", *best)
    assert rows_of(page, "tokens") == steps


def test_a_branch_that_is_chosen_becomes_the_answer_of_the_picture(page):
    with no_request(page):
        page.mouse.click(*place(page, "boule"))
        page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.includes('boule')")
        assert "balle" not in labels(page, "y")
        expect(hypotheses(page).filter(has_text="boule")).to_have_class("selected")
        page.mouse.click(*place(page, "chien"))  # one that did not live to its end
        page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.length < 8")
        expect(page.locator("#picture tr.selected")).to_have_count(0)


def test_arrow_keys_walk_enter_chooses_and_escape_goes_back(page):
    best = labels(page, "y")
    with no_request(page):
        page.locator("#picture .picture-stage").focus()
        page.keyboard.press("ArrowRight")
        expect(line(page)).to_have_text(re.compile("^Deux p "))
        page.keyboard.press("ArrowRight")
        expect(line(page)).to_have_text(re.compile("^chiens p "))
        page.keyboard.press("ArrowUp")
        expect(line(page)).to_have_text(re.compile("^dogs · looked at by"))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(line(page)).not_to_have_text(re.compile("^(dogs|chiens) "))
        branch = line(page).inner_text().split(" p ")[0]
        page.keyboard.press("Enter")
        page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.includes({json.dumps(branch)})")
        expect(page.get_by_role("button", name="Back to the best")).to_be_visible()
        page.keyboard.press("Escape")
        wait_for(page, "y", *best)


def test_what_is_marked_is_told_to_those_who_listen(page):
    assert line(page).get_attribute("aria-live") == "polite"
    stage = page.locator("#picture .picture-stage")
    expect(stage).to_have_attribute("aria-label", re.compile("Arrow keys walk"))
    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Deux p ")).to_be_visible()
    assert translation(page).get_attribute("aria-live") == "polite"


def test_a_tick_lists_what_was_cut_and_by_how_much(page):
    popup = page.locator("#picture .picture-cut")
    expect(popup).to_be_hidden()
    with no_request(page):
        page.mouse.click(*place(page, "3"))
        expect(popup).to_contain_text("Cut at step 3")
        lacks = [float(cell) for cell in popup.locator("tbody td:last-child").all_inner_texts()]
        assert lacks == sorted(lacks)
        assert len(lacks) > 2
        popup.get_by_role("button", name="Close").click()
        expect(popup).to_be_hidden()
        page.mouse.click(*place(page, "3"))
        page.locator("#picture .picture-stage").press("Escape")
        expect(popup).to_be_hidden()


def test_short_lived_beginnings_unfold_and_fold(page):
    button = page.locator("#picture .picture-folded")
    expect(button).to_have_text(re.compile(r"^\d+ shorter-lived beginnings"))
    before = len(texts(page))
    with no_request(page):
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.wait_for_function(f"{PICTURE}.data[0].text.length > {before + 5}")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "false")
        page.wait_for_function(f"{PICTURE}.data[0].text.length === {before}")


def test_subwords_are_shown_in_picture_map_and_table(page):
    words = rows_of(page, "alignment")
    with no_request(page):
        page.get_by_role("button", name="subwords").click()
        page.wait_for_function(f"{MAP}.layout.xaxis.ticktext[0] === '·Two'")
        assert texts(page)[0] == "·Two"
        assert rows_of(page, "alignment") != words
        page.get_by_role("button", name="words", exact=True).click()
        page.wait_for_function(f"{MAP}.layout.xaxis.ticktext[0] === 'Two'")


def test_a_map_of_one_head_says_which_and_the_table_shows_the_same(visit):
    page = visit("?model=dates-transformer&text=May+3rd+2021&strategy=greedy")
    head, columns = page.locator("#picture .picture-heads"), page.locator("#picture details[data-table=alignment] th")
    assert rows_of(page, "alignment")
    for group, number, first in (("the answer at itself", 1, "<bos>"), ("the source at itself", 4, "␣")):
        option = head.locator(f"optgroup[label='{group}'] option").nth(number)
        head.select_option(option.get_attribute("value"))
        named = f"{group} · {option.text_content()}"
        page.wait_for_function(f"{MAP}.layout.annotations[0]?.text === {json.dumps(named)}")
        expect(columns.nth(1)).to_have_text(first)
    page.wait_for_function(
        "S2S.pictureView('picture').head === null"
    )  # the file is of how the answer looks at the source
    ask(page, "3 June 2020")
    wait_for_source(page, *"␣3␣June␣2020")
    expect(head.locator("option:checked")).to_have_text(named.split(" · ", 1)[1])
    page.wait_for_function(f"{MAP}.layout.annotations[0]?.text === {json.dumps(named)}")
    head.select_option("2")
    page.wait_for_function("S2S.pictureView('picture').head === 2")
    head.select_option("")
    page.wait_for_function(f"!{MAP}.layout.annotations.length")


def test_each_sentence_has_its_own_picture(page):
    ask(page, "I have a pen. Where is the station?")
    wait_for_source(page, "I", "have", "a", "pen", ".")
    with no_request(page):
        page.get_by_role("button", name="Where is the station?").click()
        wait_for_source(page, "Where", "is", "the", "station", "?")
        page.get_by_role("button", name="I have a pen.").press("Enter")
        wait_for_source(page, "I", "have", "a", "pen", ".")
        expect(page.get_by_role("button", name="I have a pen.")).to_be_focused()


TO_THE_NEXT_FRAME = """([selector, kind]) => new Promise((resolve) => {
  const figure = document.querySelector('#picture .picture-main .s2s-figure'), start = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - start));
  }).observe(figure, { attributes: true, attributeFilter: ['data-drawn'] });
  document.querySelector(selector).dispatchEvent(new MouseEvent(kind, { bubbles: true }));
})"""


def test_a_look_at_a_long_search_takes_no_time(visit):
    page = visit(f"?text={quote_plus(LONG)}&strategy=beam&beam=5")
    assert int(rows_of(page, "tree")[-1][2]) >= 33  # steps
    page.locator("#picture details[data-table='tree']").evaluate("fold => { fold.open = false; }")
    taken = []
    for place_ in (2, 3, 4, 5, 1):
        row = f"#picture .picture-hypotheses tbody tr:nth-child({place_})"
        taken.append(page.evaluate(TO_THE_NEXT_FRAME, [row, "click"]))
    assert min(taken) < FRAME, taken
