"""Tab See and hear as a visitor meets it: shapes on a grid, a line by hand, a sound, a file that is refused."""

import random
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from s2s_demo.signals.document import content_of
from s2s_demo.tasks.signals import Morse
from s2s_demo.tasks.signals.glyphs import strokes
from s2s_demo.tasks.signals.signal_task import dice_of

SLOW = 20_000  # ms: what takes up to a second of a processor that others use, too


@pytest.mark.usefixtures("calm")
def test_shapes_a_line_by_hand_and_a_recording_are_read_and_other_files_refused(visit):
    page = visit()
    page.get_by_role("tab", name="See and hear").click()
    choose(page, "Coloured shapes")
    grid = page.get_by_role("group", name=re.compile("^Grid"))
    grid.get_by_role("button", name="B1").click()
    page.get_by_role("button", name="square", exact=True).click()
    page.get_by_role("button", name="blue", exact=True).click()
    grid.get_by_role("button", name="B4").press("Enter")
    words = page.get_by_role("group", name="What the model wrote")
    expect(words).to_have_text("aredcircleaboveabluesquare<eos>", timeout=SLOW)
    words.get_by_role("button", name="circle").hover()
    expect(words.get_by_role("button", name="circle")).to_have_attribute("aria-pressed", "true")
    words.get_by_role("button", name="circle").click()
    looks = re.compile(r"“circle” looks at B1 \(row 1, column 2\) (1\.00|\.9)")
    expect(page.locator("#senses-seen [role=status]")).to_have_text(looks)
    veils = page.locator("#senses-seen .shade")
    expect(veils.nth(1)).to_have_attribute("opacity", re.compile(r"^0\.0"))
    expect(veils.nth(13)).to_have_attribute("opacity", re.compile(r"^0\.8"))
    page.locator("#senses-seen .hit").nth(13).hover()
    expect(words.get_by_role("button", name="square")).to_have_css("--share", re.compile(r"1\.00|0\.9"))
    chosen = page.locator("#senses-easel input[type=file]")
    chosen.set_input_files({"name": "not.png", "mimeType": "image/png", "buffer": b"GIF89a, says its beginning"})
    expect(page.locator("#senses-message")).to_contain_text("no PNG picture", timeout=SLOW)
    expect(words).to_contain_text("circle")
    choose(page, "Handwritten figures")
    write(page, page.locator(".easel-paper"), "30715")
    page.get_by_role("button", name="Read it").click()
    expect(words).to_have_text(re.compile("^30715<eos>$"), timeout=SLOW)
    choose(page, "Morse")
    sound = content_of(Morse().draw("SOS", dice_of(random.Random(1))).source, "audio/wav")
    chosen.set_input_files({"name": "sos.wav", "mimeType": "audio/wav", "buffer": sound})
    expect(words).to_have_text("SOS<eos>", timeout=SLOW)
    chosen.set_input_files({"name": "text.wav", "mimeType": "audio/wav", "buffer": b"hello, I am a text"})
    expect(page.locator("#senses-message")).to_contain_text("no WAV file", timeout=SLOW)


def choose(page: Page, model: str) -> None:
    page.locator("#senses-model input").click()
    page.get_by_role("option", name=re.compile(model)).click()
    heading = {"Coloured shapes": "Put shapes", "Handwritten figures": "Write a line", "Morse": "Tap Morse"}[model]
    expect(page.locator("#senses-easel h2")).to_contain_text(heading, timeout=SLOW)
    expect(page.locator("#senses-seen .seen-words button").first).to_be_visible(timeout=SLOW)


def write(page: Page, paper: Locator, line: str) -> None:
    """Draw it with the mouse, as a careful hand would."""
    box = paper.bounding_box()
    assert box is not None
    unit = box["height"] / 15
    for place, character in enumerate(line):
        for stroke in strokes(character, way=0):
            points = [(box["x"] + (4 + 9 * place + x) * unit, box["y"] + (3 + y) * unit) for x, y in stroke.tolist()]
            page.mouse.move(*points[0])
            page.mouse.down()
            for point in points[::2] + points[-1:]:
                page.mouse.move(*point)
            page.mouse.up()
