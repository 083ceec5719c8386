"""Tab Evaluate as a visitor meets it."""

import json
import time

from playwright.sync_api import Page, expect

from s2s_demo.ui.evaluate import handlers

RUN = 60_000  # ms that an evaluation may take
HOSTILE = "Two <img src=x onerror=alert(1)> dogs are playing."


def open_evaluate(visit, **context) -> Page:
    page = visit(**context)
    if context:  # a phone has no room for all tabs
        page.get_by_role("button", name="More tabs").click()
        page.get_by_role("button", name="Evaluate", exact=True).click()
    else:
        page.get_by_role("tab", name="Evaluate").click()
    page.get_by_role("button", name="All numbers").click()
    expect(page.locator("#evaluate-about-set")).to_contain_text("200 sentences")
    return page


def choose_model(page: Page, name: str) -> None:
    page.locator("#evaluate-model input").click()
    page.get_by_role("option", name=name, exact=True).click()


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
    page = open_evaluate(visit)
    upload(page, f"A dog is running.\nA woman is reading a book.\n{HOSTILE}\n", "Un chien court.\nUne femme lit.\nx\n")
    page.click("#evaluate-button")
    rows = page.locator("#evaluate-worst tbody tr")
    expect(rows).to_have_count(3, timeout=RUN)
    expect(page.locator("#evaluate-figures tbody tr")).to_have_count(2, timeout=RUN)
    expect(page.locator("#evaluate-figures")).to_contain_text("tok:13a")
    page.locator("#evaluate-worst tr[data-id='1'] button").press("Enter")
    expect(page.locator("#evaluate-picked-title")).to_contain_text("Sentence 2")
    page.wait_for_function(
        "document.querySelector('#evaluate-picture .picture-map .s2s-figure').layout.xaxis.ticktext.includes('woman')"
    )
    assert page.evaluate("document.querySelectorAll('#page-evaluate td img').length") == 0
    with page.expect_download() as download:
        page.click("#evaluate-json")
    assert len(json.loads(download.value.path().read_text())["outputs"]) == 3


def test_a_bad_file_says_what_is_wrong_with_it(visit):
    page = open_evaluate(visit)
    upload(page, "one\ntwo\n", "un\n")
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-message")).to_contain_text(
        "The file source0.txt has 2 lines, but references0.txt has 1"
    )


def test_an_evaluation_can_be_stopped(visit, monkeypatch):
    page, told = open_evaluate(visit), handlers._doing
    monkeypatch.setattr(handlers, "_doing", lambda at: time.sleep(0.5) or told(at))
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-status")).to_contain_text("of 200 sentences")
    page.click("#evaluate-stop")
    expect(page.locator("#evaluate-status")).to_contain_text("Stopped")
    page.wait_for_timeout(1500)  # nothing comes after the stop
    expect(page.locator("#evaluate-status")).to_contain_text("Stopped")


def test_another_model_brings_its_own_test_set(visit):
    page = open_evaluate(visit)
    choose_model(page, "Dates")
    expect(page.locator("#evaluate-about-set")).to_contain_text("200 examples of the task")
    expect(page.locator("#evaluate-set")).to_contain_text("Unseen examples")
    page.click("#evaluate-button")
    expect(page.locator("#evaluate-figures tbody tr")).to_have_count(2, timeout=RUN)
    expect(page.locator("#evaluate-figures")).to_contain_text("exact, %")
    expect(page.locator("#evaluate-figures")).not_to_contain_text("BLEU")


def test_a_phone_never_scrolls_sideways(visit):
    page = open_evaluate(visit, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
