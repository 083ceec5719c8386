"""Tab Translate in other languages, by other models, on other screens, and what is taken home from it."""

import csv
import io
import json
import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from s2s_demo.views.theme import DARK_INK

from .picture import FIRST, MAP, PICTURE, ask, hypotheses, labels, line, place, rows_of, texts, translation


def test_a_chinese_sentence_is_read_word_by_word(visit):
    page = visit("?model=zh-en&text=" + quote_plus("我从来没有见过这么漂亮的白马。"))
    assert "".join(labels(page, "x")) == "我从来没有见过这么漂亮的白马。<eos>"
    assert max(map(len, labels(page, "x")[:-1])) > 1
    page.mouse.move(*place(page, "horse"))
    expect(line(page)).to_have_text(re.compile("looked at 马"))


def test_a_model_without_attention_has_a_tree_and_says_why_there_is_no_map(visit):
    page = visit("?model=en-fr-no-attention")
    expect(page.get_by_text("This model has no attention")).to_be_visible()
    for nothing in (".picture-map", "details[data-table=alignment]"):
        expect(page.locator(f"#picture {nothing}")).to_be_hidden()
    assert "Two" not in texts(page)
    page.mouse.move(*place(page, "chiens"))
    expect(line(page)).to_have_text(re.compile(r"^chiens p [^·]* · Σ [^·]* · rank 1$"))
    assert page.evaluate(f"{PICTURE}.getBoundingClientRect().width") > 1000  # what the map leaves is the picture's


def test_a_model_of_letters_shows_letters(visit):
    page = visit("?model=reverse&text=abcde")
    assert labels(page, "x") == ["a", "b", "c", "d", "e", "<eos>"]
    assert labels(page, "y") == ["e", "d", "c", "b", "a", "<eos>"]
    expect(page.get_by_role("button", name="subwords")).to_be_hidden()
    differs = hypotheses(page).nth(1).locator("em").all_inner_texts()
    assert max(map(len, differs)) < 3  # letters, not the whole word


def test_the_picture_follows_the_system_into_the_dark_and_the_button_back(visit):
    page = visit(color_scheme="dark")
    ink = f"{PICTURE}.data[0].textfont.color[0]"
    dark = page.evaluate(ink)
    for figure in (PICTURE, MAP):
        drawn = page.evaluate(f"JSON.stringify([{figure}.data, {figure}.layout])")
        assert [colour for colour in set(DARK_INK) - set(DARK_INK.values()) if f'"{colour}"' in drawn] == []
    expect(page.locator("body")).to_have_class("dark")
    page.locator("#picture .picture-map .s2s-save summary").click()
    with page.expect_download() as download:
        page.locator("#picture .picture-map button[data-format=svg]").click()
    assert "fill-opacity: 1;" in download.value.path().read_text("utf-8")[:400]  # its own ground: on paper it is seen
    page.get_by_role("button", name="Switch between light and dark").click()
    page.wait_for_function(f"{ink} !== '{dark}'")
    light = page.evaluate(ink)
    page.reload()
    page.locator("#picture .picture-main .s2s-figure[data-drawn]").wait_for()
    page.wait_for_function(f"{ink} === '{light}'")


TOO_WIDE = """() => [...document.querySelectorAll('#page-translate *')]
  .filter(node => node.checkVisibility() && getComputedStyle(node).position !== 'absolute')
  .filter(node => !node.closest('.s2s-figure, .s2s-table') && node.getBoundingClientRect().right > innerWidth + 1)
  .map(node => node.outerHTML.slice(0, 80))"""


def test_on_a_phone_the_picture_is_turned_and_nothing_scrolls_sideways(visit):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    fits = "document.scrollingElement.scrollWidth <= innerWidth"
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(fits)
    ys = page.evaluate(f"{PICTURE}.data[0].text.map((word, i) => [word, {PICTURE}.data[0].y[i]])")
    down = [y for word, y in ys if word in ("Deux", "chiens", "jouent", "avec")]
    assert down == sorted(down)
    assert down[-1] - down[0] > 60
    page.touchscreen.tap(*place(page, "chiens"))
    expect(line(page)).to_have_text(re.compile("^chiens p "))
    ask(page, "I have a pen. Where is the station? " + "She eats an apple in the kitchen and he reads. " * 2)
    expect(page.locator("#picture .picture-sentences button")).to_have_count(4)
    assert page.evaluate(fits)


GRADIOS_NAMES = re.compile(r"(?:number input|range slider) for .*")  # which it has in English alone
ENGLISH = re.compile(r"\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}\b")


def test_the_chinese_page_says_nothing_in_english(visit):
    page = visit("?lang=zh")
    page.mouse.click(*place(page, "3"))
    rows_of(page, "tokens"), rows_of(page, "tree")
    said = page.evaluate(
        """() => {
          const copy = document.querySelector('#page-translate').cloneNode(true);
          const others = '.s2s-figure, .chips, textarea, style, [lang], .picture-said';
          copy.querySelectorAll(others).forEach(node => node.remove());
          const names = ['aria-label', 'title', 'placeholder'], nodes = [...copy.querySelectorAll('*')];
          const read = nodes.flatMap(node => names.map(name => node.getAttribute(name) ?? ''));
          return [copy.textContent, ...read].join(String.fromCharCode(10));
        }"""
    )
    assert ENGLISH.findall(GRADIOS_NAMES.sub("", said)) == []
    ask(page, "A woman is reading a book.")
    expect(translation(page)).to_contain_text("femme")


@pytest.mark.parametrize("card", ["main", "map"])
def test_a_figure_can_be_saved(page, card):
    menu = page.locator(f"#picture .picture-{card} .s2s-save")
    for label, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("HTML", b"<!DOCTYPE html>")):
        menu.locator("summary").click()
        with page.expect_download() as download:
            menu.get_by_role("button", name=label).click()
        assert download.value.path().read_bytes().startswith(start)


def taken(page: Page, kind: str):
    """The path of a file of the row below the picture."""
    with page.expect_download() as download:
        page.locator(f"#export-{kind}").click()
    return download.value.path()


def test_the_json_file_holds_what_the_page_shows(page):
    saved = json.loads(taken(page, "json").read_text(encoding="utf-8"))
    assert saved["text"] == translation(page).inner_text()
    assert [one["text"] for one in saved["sentences"][0]["hypotheses"]] == [
        row.locator("td").nth(1).inner_text() for row in hypotheses(page).all()
    ]


def test_the_table_of_the_alignment_is_that_of_the_branch_shown(page):
    page.mouse.click(*place(page, "chien"))
    page.wait_for_function(f"{MAP}.layout.yaxis.ticktext.length < 8")
    head, *rows = csv.reader(io.StringIO(taken(page, "alignment").read_text(encoding="utf-8-sig")))
    assert len(head) == 1 + len(FIRST)
    assert [row[0].split(" ", 1)[1] for row in rows] == labels(page, "y")
    assert len(list(csv.reader(io.StringIO(taken(page, "tree").read_text(encoding="utf-8-sig"))))) > 50


@pytest.mark.parametrize("query", ["?", "?lang=zh&model=zh-en&text=" + quote_plus("我有一支笔。")], ids=["en", "zh"])
def test_a_lesson_replays_the_translation_without_any_server(visit, chromium, tmp_path, query):
    page = visit(query)
    lesson = tmp_path / "lesson.html"
    lesson.write_bytes(taken(page, "lesson").read_bytes())
    assert lesson.stat().st_size < 200_000
    context = chromium.new_context(offline=True)
    alone, asked, errors = context.new_page(), [], []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("pageerror", lambda error: errors.append(str(error)))
    alone.goto(lesson.as_uri())
    told = alone.locator(".picture-line")
    slider = alone.locator("#step")
    slider.fill("1")
    expect(told).not_to_be_empty()
    second = told.inner_text()
    assert second.startswith(labels(page, "y")[1])
    slider.press("ArrowRight")
    expect(told).not_to_have_text(second)
    alone.locator(".picture-hypotheses tbody tr").nth(1).click()
    expect(alone.locator("tr.selected")).to_have_count(1)
    assert (asked, errors) == ([lesson.as_uri()], [])
    context.close()


CUT = """() => {
  const names = document.querySelector('#tabs > .tab-wrapper [role=tablist]');
  const { right } = names.getBoundingClientRect();
  const header = [...document.querySelectorAll('#header a')].map((link) => link.getBoundingClientRect());
  const meets = (box) => header.some((link) => link.top < box.bottom && box.top < link.bottom && link.left < box.right);
  return [...names.querySelectorAll('button')].filter((name) => {
    const text = document.createRange();
    text.selectNodeContents(name);
    const box = text.getBoundingClientRect();
    return box.right > right || meets(box);
  }).map((name) => name.textContent);
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_name_of_a_tab_is_cut_off_or_stands_on_another_word_at_any_width(visit, language):
    page = visit(f"?lang={language}", viewport={"width": 1366, "height": 800})
    for number in (0, 5):
        page.set_viewport_size({"width": 1366, "height": 800})
        page.locator("#tabs > .tab-wrapper [role=tablist] button").nth(number).click()
        for width in (1280, 1181, 1180, 1024, 900, 768, 600, 480, 390, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function(f"!({CUT})().length")
