"""Tab See and hear as a visitor meets it: shapes put on a grid, attention over them, files that are refused."""

import re

import pytest
from playwright.sync_api import expect

SLOW = 20_000  # ms: what takes up to a second of a processor that others use, too


@pytest.mark.usefixtures("calm")
def test_shapes_are_told_lit_under_each_word_and_other_files_refused(visit):
    page = visit()
    page.get_by_role("tab", name="See and hear").click()
    page.locator("#senses-model input").click()
    page.get_by_role("option", name=re.compile("shapes")).click()
    grid = page.get_by_role("group", name=re.compile("^Grid"))
    grid.get_by_role("button", name="B1").click()
    page.get_by_role("button", name="square", exact=True).click()
    page.get_by_role("button", name="blue", exact=True).click()
    grid.get_by_role("button", name="B4").press("Enter")
    words = page.get_by_role("group", name="What the model wrote")
    expect(words).to_have_text("aredcircleaboveabluesquare<eos>", timeout=SLOW)
    words.get_by_role("button", name="circle").click()
    expect(page.locator("#senses-seen [role=status]")).to_have_text(re.compile(r"“circle” looks at B1 (1\.00|0\.9)"))
    veils = page.locator("#senses-seen .shade")
    expect(veils.nth(1)).to_have_attribute("opacity", re.compile(r"^0\.0"))
    expect(veils.nth(13)).to_have_attribute("opacity", re.compile(r"^0\.8"))
    page.locator("#senses-seen .hit").nth(13).hover()
    expect(words.get_by_role("button", name="square")).to_have_css("--share", re.compile(r"1\.00|0\.9"))
    chosen = page.locator("#senses-easel input[type=file]")
    chosen.set_input_files({"name": "not.png", "mimeType": "image/png", "buffer": b"GIF89a, says its beginning"})
    expect(page.locator("#senses-message")).to_contain_text("no PNG picture", timeout=SLOW)
    expect(words).to_contain_text("circle")
