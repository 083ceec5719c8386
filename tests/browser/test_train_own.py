"""Tab Train with what a visitor brings and takes home: files, models, pictures, and mistakes."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

import s2s_demo

from .conftest import open_train, set_sizes
from .training import begin, wait_for_state


@pytest.fixture(scope="module")
def details(windows):
    """A page that stays open from test to test, with a small model and all that is seldom set in sight."""
    page = open_train(windows.open(window=windows.new()))
    set_sizes(page, 20, 16, details=True)
    return page


@pytest.fixture
def train_own(details, calm):
    yield details
    if details.locator("#stop").is_enabled():
        details.click("#stop")
    details.locator("#start").wait_for()


def test_a_trained_model_moves_to_translate_and_comes_home_as_a_zip(train, tmp_path):
    page = train(updates=180, details=True)
    begin(page)
    wait_for_state(page, "finished")
    with page.expect_download() as download:
        page.click("#save-model")
    download.value.save_as(tmp_path / "model.zip")
    zipfile.ZipFile(tmp_path / "model.zip").extractall(tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert s2s_demo.load(folder).translate("3 May 2021").text == "2021-05-03"

    page.click("#use")
    expect(page.locator("#page-translate")).to_be_visible()
    expect(page.locator("#picture .picture-said")).to_have_text("2021-05-03")
    assert page.locator("#model input").input_value() == "dates-live"
    page.fill("#sentence textarea", "the 9th of November 1989")
    page.press("#sentence textarea", "Enter")
    expect(page.locator("#picture .picture-said")).to_have_text("1989-11-09")

    page.get_by_role("tab", name="Train").click()
    with page.expect_file_chooser() as chooser:
        page.click("#load-model")
    chooser.value.set_files(tmp_path / "model.zip")
    expect(page.locator("#page-translate")).to_be_visible()


def test_the_heatmap_of_a_moment_is_saved_as_a_picture(train_own):
    page = train_own
    begin(page)
    wait_for_state(page, "finished")
    figure = page.locator("#movie .s2s-figure[data-update]").first
    figure.wait_for()
    page.locator("#movie .s2s-save summary").first.click()
    with page.expect_download() as download:
        page.locator("#movie button[data-format=svg]").first.click()
    assert download.value.suggested_filename == f"alignment-{figure.get_attribute('data-update')}.svg"


def test_before_start_a_file_shows_its_first_pairs_and_lets_other_columns_be_chosen(train_own, tmp_path):
    page = train_own
    expect(page.locator("#own-card")).to_have_count(0)
    table = tmp_path / "three.tsv"
    rows = [f"The {i}. cat\tLe {i}. chat\tDie {i}. Katze\tCC-BY {i}" for i in range(30)]
    table.write_text("\n".join(["en\tfr\tde\tlicence", *rows, "alone"]))
    with page.expect_file_chooser() as chooser:
        page.click("#own-file")
    chooser.value.set_files(table)
    expect(page.locator("#own-first tbody tr")).to_have_count(3)
    expect(page.locator("#own-first tbody tr").first).to_have_text("The 0. catLe 0. chat")
    expect(page.locator("#own-how")).to_contain_text("the fourth column is left aside (attribution)")
    expect(page.locator("#problems tbody tr")).to_have_text("32only one column: source and target are neededalone")
    page.locator("#own-target input").click()
    page.get_by_role("option", name="3: de").click()
    expect(page.locator("#own-first tbody tr").first).to_have_text("The 0. catDie 0. Katze")
    page.locator("#own-source input").click()
    page.get_by_role("option", name="3: de").click()
    expect(page.locator("#own-first tbody tr").first).to_have_text("Die 0. KatzeThe 0. cat")
    expect(page.locator("#own-target input")).to_have_value("1: en")
    expect(page.locator("#probes textarea")).to_have_value(re.compile("^Die "))
    begin(page)
    expect(page.locator("#run-samples")).to_contain_text("Katze")


def test_a_file_with_a_bad_row_becomes_a_task_and_a_table_of_problems(train_own, tmp_path):
    page = train_own
    table = tmp_path / "<img src=x onerror=alert(1)>.tsv"
    rows = [f"word {a}{b}\t{b}{a} <b>drow</b>" for a in "abcdef" for b in "ghijk"]
    table.write_text("\n".join([*rows, "<script>alert(1)</script>"]))
    with page.expect_file_chooser() as chooser:
        page.click("#own-file")
    chooser.value.set_files(table)
    expect(page.locator("#problems tbody tr")).to_have_count(1)
    expect(page.locator("#problems")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("#train-message")).to_contain_text("30 pairs")
    assert page.locator("#task input").input_value() == "Your file: 30 pairs"
    begin(page)
    page.locator("#prefixes td").first.wait_for()


def test_an_absent_corpus_is_told_with_its_command_and_ones_own_file_trains_instead(
    train, tmp_path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path / "empty"))
    page = train(details=True)
    page.locator("#task input").click()
    page.get_by_role("option", name="Captions, English → French").click()
    message = page.locator("#train-message")
    expect(message).to_contain_text("fetch it with: s2s-demo data multi30k. Or press “Your own pairs (TSV, CSV, JSON)”")
    with page.expect_response(lambda response: "/run/" in response.url):
        page.click("#start")
    expect(message).to_contain_text("fetch it with: s2s-demo data multi30k. Or press “Your own pairs (TSV, CSV, JSON)”")
    expect(page.locator("#run-status .s2s-run")).to_have_attribute("data-state", "ready")
    expect(page.locator("#start")).to_be_enabled()

    table = tmp_path / "pairs.tsv"
    table.write_text("\n".join(f"{a}{b} {c}\t{c} {b}{a}" for a in "abc" for b in "def" for c in "ghi"))
    with page.expect_file_chooser() as chooser:
        page.click("#own-file")
    chooser.value.set_files(table)
    expect(message).to_contain_text("27 pairs")
    begin(page)
    assert "Traceback" not in capfd.readouterr().err


def test_a_mistake_is_told_where_the_run_is_watched(train_own):
    page = train_own
    page.locator("#decoder input").click()
    page.get_by_role("option", name="fixed").click()
    page.click("#start")
    expect(page.locator("#train-message")).to_contain_text("fixed decoder never looks at the source")
