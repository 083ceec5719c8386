"""Tab Learn as a pupil and as a teacher meet it: the whole tour in both languages, and a lesson for a class."""

from playwright.sync_api import Page, expect

from s2s_demo.ui.learn.steps import TOUR

from .picture import wait_for_query
from .test_accessibility import assert_accessible

SLOW = 20_000  # ms: what takes up to a second of a processor that others use, too
LOOKS = {"scores": 2, "hard": 2, "heads": 4}
HEARD = """
window.heard = [];
const parse = JSON.parse;
JSON.parse = (text, ...more) => { window.heard.push(String(text)); return parse(text, ...more); };
"""  # all that Gradio's stream brings is read by JSON.parse
TOLD = """() => {
  const all = [...document.querySelectorAll('#learn .verdict, #learn .notice, #learn dd:not(:empty)')];
  const texts = all.map((each) => each.lastChild.textContent).filter((text) => text.length > 3);
  return { all: texts, known: texts.filter((text) => window.before.includes(text)) };
}"""


def answer(page: Page, *, by_keys: bool) -> None:
    """Choose at the step that is shown, and see."""
    step = page.locator("#learn .step")
    act = (lambda button: button.press("Enter")) if by_keys else (lambda button: button.click())
    beginnings = step.locator(".options small").count()  # of which two go on
    for place in range(2 if beginnings else 1):
        act(step.locator(".options button").nth(place))
    act(step.locator(".see"))


def walk(page: Page, *, by_keys: bool) -> None:
    """The whole tour, step by step; what a step tells was nowhere before somebody chose there."""
    step = page.locator("#learn .step")
    for number, each in enumerate(TOUR, start=1):
        expect(step.locator(".where")).to_contain_text(str(number), timeout=SLOW)
        expect(step.locator(".options button").first).to_be_visible(timeout=SLOW)
        wait_for_query(page, "learn", each.key)
        expect(step.locator(":is(.notice, .teachers, .look, .growing, [data-key=open])")).to_have_count(0)
        page.evaluate("window.before = document.documentElement.textContent + window.heard.join()")
        answer(page, by_keys=by_keys)
        expect(step.locator(".notice")).to_be_visible(timeout=SLOW)
        told = page.evaluate(TOLD)
        assert [len(told["all"]), told["known"]] == [4, []]
        assert step.locator(".look").count() == LOOKS.get(each.key, bool(each.shows))
        if each is not TOUR[-1]:
            on = step.locator("[data-key=on]")
            on.press("Enter") if by_keys else on.click()


def test_the_whole_tour_tells_nothing_before_it_is_asked_in_both_languages_by_mouse_and_by_keys(visit):
    page = visit(reduced_motion="reduce")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.add_init_script(HEARD)
    for language, by_keys in (("en", False), ("zh", True)):
        page.goto(f"{page.url.split('?')[0]}?lang={language}&learn=task")
        walk(page, by_keys=by_keys)
        assert page.evaluate("JSON.parse(localStorage.getItem('s2s-learn')).length") == len(TOUR)
    assert "s2s-learn" not in "".join(sent)
    expect(page.locator("#learn h2")).to_have_text("注意力解释不了什么")
    page.locator("#learn .teachers summary").press("Enter")
    assert_accessible(page)

    page.locator("#learn .tour a").nth(7).press("Enter")
    expect(page.locator("#learn .where")).to_contain_text("8", timeout=SLOW)
    answer(page, by_keys=True)
    page.locator("#learn [data-key=open]").press("Enter")
    expect(page.locator("#run-status .s2s-run")).to_have_attribute("data-state", "running", timeout=SLOW)
    expect(page.locator(".s2s-beside")).to_contain_text("暴露偏差")
    expect(page.locator("#forced input")).not_to_be_checked(timeout=5 * SLOW)
    page.locator("#stop").press("Enter")
    page.locator(".s2s-beside .back").press("Enter")
    expect(page.locator("#learn .where")).to_contain_text("8", timeout=SLOW)


def test_a_class_answers_a_lesson_of_which_it_sees_no_more_than_its_teacher_chose(visit):
    page = visit()
    page.goto(f"{page.url}?text=The+black+cat+is+sleeping+on+the+bed.&step=4")
    expect(page.locator("#inside-step .where")).to_contain_text("step 4 of 9", timeout=SLOW)
    page.get_by_role("button", name="Share").press("Enter")
    form = page.locator("#share form")
    form.get_by_label("the other tabs").check()
    form.get_by_label("Ask first").select_option("look")
    form.get_by_label("Count what the class predicts").check()
    form.get_by_label("A note").fill("Look & tell.")
    form.get_by_role("button", name="Make the link").press("Enter")
    expect(page.locator("#share .code svg")).to_be_visible(timeout=SLOW)
    expect(page.locator("#tally")).to_contain_text("Nobody has answered yet.")
    link = page.locator("#share .result input").first.input_value()
    assert "embed=1" in page.locator("#share .result input").nth(1).input_value()

    pupil = page.context.new_page()
    pupil.goto(f"{link}&penalty=high")
    question = pupil.locator("#inside-question")
    expect(question.locator(".help").first).to_contain_text("no names", timeout=SLOW)
    expect(pupil.get_by_role("tablist")).to_be_hidden()
    expect(pupil.locator(".s2s-beside")).to_contain_text("Look & tell.")
    expect(pupil.locator("#ignored")).to_contain_text("“penalty=high” was ignored")
    expect(pupil.locator("#inside-step .stepper")).to_have_count(0)
    question.locator(".options button").nth(4).press("Enter")
    question.locator(".see").press("Enter")
    expect(pupil.locator("#inside-step .where")).to_contain_text("step 4 of 9", timeout=SLOW)
    expect(page.locator("#tally")).to_contain_text("Answered by 1.", timeout=SLOW)
    expect(page.locator("#tally li").nth(4)).to_contain_text("sleeping")
    expect(page.locator("#tally li .count")).to_have_text(["0"] * 4 + ["1"] + ["0"] * 5)

    form.get_by_label("What is handed out").select_option("tour")
    with page.expect_download(timeout=5 * SLOW) as saved:
        form.get_by_role("button", name="Save as a recorded lesson").press("Enter")
    file = page.context.new_page()
    file.set_content(saved.value.path().read_text(encoding="utf-8"))
    answer(file, by_keys=True)
    file.locator("#learn [data-key=open]").press("Enter")
    expect(file.locator("#picture .picture-main svg")).to_be_visible(timeout=SLOW)
    assert file.evaluate("performance.getEntriesByType('resource').length") == 0
