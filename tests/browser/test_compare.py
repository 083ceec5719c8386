"""Tabs Compare and Evaluate as a visitor meets them."""

import json

import pytest
from playwright.sync_api import Page, expect

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
    choose(page, "compare-models", {"en-fr"})
    choose(page, "compare-ways", {"Greedy", "Beam", "Sample"})
    expect(lane(page, 3, "title")).to_have_text("en-fr · sample, seed 0")
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


def test_no_lane_at_all_is_refused_in_words_and_the_last_answer_stays(visit):
    page = open_compare(visit)
    compare_three_ways(page)
    for name in ("Greedy", "Beam", "Sample"):
        page.locator("#compare-ways label", has_text=name).locator("input").press("Space")
    expect(page.locator("#compare-message")).to_contain_text("at least one way")
    expect(lane(page, 1, "title")).to_contain_text("en-fr ·")
    expect(lane(page, 1, "answer").locator(".translation")).not_to_be_empty()


def test_hostile_text_is_only_text_in_every_lane(visit):
    page = open_compare(visit)
    page.fill("#compare-sentence textarea", HOSTILE)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_function(
        "document.querySelector('#lane-1-heatmap .s2s-figure').layout.xaxis.ticktext.join('').includes('onerror')"
    )
    assert page.evaluate("document.querySelectorAll('.lane img').length") == 0


@pytest.mark.parametrize("tab", ["Compare", "Evaluate"])
def test_a_phone_never_scrolls_sideways(visit, tab):
    page = visit(viewport={"width": 390, "height": 844})
    open_tab(page, tab)
    if tab == "Compare":
        lane(page, 1, "tree").locator(".s2s-figure[data-drawn]").wait_for()
    else:
        expect(page.locator("#evaluate-about-set")).to_contain_text("60 sentences")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def upload(page: Page, sentences: str, *references: str) -> None:
    page.locator("#evaluate-set").get_by_text("Your own files").click()
    for part, texts in (("source", [sentences]), ("references", list(references))):
        files = [
            {"name": f"{part}{i}.txt", "mimeType": "text/plain", "buffer": t.encode()} for i, t in enumerate(texts)
        ]
        page.locator(f"#evaluate-{part} input[type=file]").set_input_files(files)
        expect(page.locator(f"#evaluate-{part}")).to_contain_text(part)
        page.wait_for_function(f"document.querySelector('#evaluate-{part} a[download]') !== null")


def test_uploaded_files_are_scored_and_the_keyboard_opens_a_sentence(visit):
    page = visit()
    open_tab(page, "Evaluate")
    upload(page, f"A dog is running.\nA woman is reading a book.\n{HOSTILE}\n", "Un chien court.\nUne femme lit.\nx\n")
    page.click("#evaluate-button")
    rows = page.locator("#evaluate-worst tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator("#evaluate-figures tbody tr")).to_have_count(2)
    expect(page.locator("#evaluate-figures")).to_contain_text("tok:13a")
    page.locator("#evaluate-worst tr[data-id='1'] button").press("Enter")
    expect(page.locator("#evaluate-picked-title")).to_contain_text("Sentence 2")
    page.wait_for_function(
        "document.querySelector('#evaluate-heatmap .s2s-figure').layout.xaxis.ticktext.includes('woman')"
    )
    assert page.evaluate("document.querySelectorAll('#page-evaluate td img').length") == 0
    with page.expect_download() as download:
        page.click("#evaluate-json")
    assert len(json.loads(download.value.path().read_text())["outputs"]) == 3


def test_a_bad_file_says_what_is_wrong_with_it(visit):
    page = visit()
    open_tab(page, "Evaluate")
    upload(page, "one\ntwo\n", "un\n")
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-message")).to_contain_text(
        "The file source0.txt has 2 lines, but references0.txt has 1"
    )


def test_an_evaluation_can_be_stopped_and_translate_stays_quick(visit):
    page = visit()
    open_tab(page, "Evaluate")
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-status")).to_contain_text("of 60 sentences")
    page.click("#evaluate-stop")
    expect(page.locator("#evaluate-status")).to_contain_text("Stopped")
    page.wait_for_timeout(1500)  # nothing comes after the stop
    expect(page.locator("#evaluate-status")).to_contain_text("Stopped")
    expect(page.locator("#evaluate-worst tbody tr")).to_have_count(0)
