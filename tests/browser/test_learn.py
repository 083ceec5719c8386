"""Tab Learn as a pupil and as a teacher meet it: from a prediction to the real thing, to a lesson for a class."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

SLOW = 20_000  # ms: what takes up to a second of a processor that others use, too
SECRET = "194 times"


def test_from_a_prediction_to_the_real_thing_and_to_a_lesson_for_a_class(visit):
    page = visit()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("tab", name="Learn").press("Enter")
    step = page.locator("#learn .step")
    expect(step.locator("> h2")).to_have_text("One sequence in, another out", timeout=SLOW)
    page.locator("#learn .tour a", has_text="From energies to weights").press("Enter")
    expect(step.locator("> h2")).to_have_text("From energies to weights", timeout=SLOW)
    assert parse_qs(urlsplit(page.url).query) == {"learn": ["energies"]}
    assert page.locator("#learn math").count() == 2
    assert SECRET not in page.content()
    expect(step.locator("[data-key=open]")).to_have_count(0)
    step.locator(".options button").nth(2).press("Enter")
    step.locator(".see").press("Enter")
    expect(step.locator(".verdict")).to_contain_text(SECRET, timeout=SLOW)
    expect(step.locator(".last .right")).to_contain_text("e to the power")
    assert page.evaluate("localStorage.getItem('s2s-learn')") == '["energies"]'
    assert "s2s-learn" not in "".join(sent)

    step.locator("[data-key=open]").press("Enter")
    expect(page.locator("#inside-step .where")).to_contain_text("step 4 of 9", timeout=SLOW)
    expect(page.locator(".s2s-beside")).to_contain_text("Drag an α")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["learn"], asked["step"]) == (["energies"], ["4"])
    page.get_by_role("button", name="Back to the lesson").press("Enter")
    expect(step.locator("> h2")).to_have_text("From energies to weights", timeout=SLOW)
    expect(page.locator(".s2s-beside")).to_have_count(0)

    page.get_by_role("tab", name="Inside").click()
    page.get_by_role("button", name="Share").press("Enter")
    form = page.locator("#share form")
    form.get_by_label("the other tabs").check()
    form.get_by_label("Ask first").select_option("own")
    form.get_by_label("The question").fill("What does <b>dort</b> look at?")
    form.get_by_label("A note").fill("Look & tell.")
    form.get_by_role("button", name="Make the link").press("Enter")
    expect(page.locator("#share .code svg")).to_be_visible(timeout=SLOW)
    link = page.locator("#share .result input").first.input_value()
    assert "embed=1" in page.locator("#share .result input").nth(1).input_value()

    page.goto(f"{link}&penalty=high")
    question = page.locator("#inside-question")
    expect(question.locator("h2")).to_have_text("What does <b>dort</b> look at?", timeout=SLOW)
    expect(page.get_by_role("tablist")).to_be_hidden()
    expect(page.locator(".s2s-beside")).to_contain_text("Look & tell.")
    expect(page.locator("#ignored")).to_contain_text("“penalty=high” was ignored")
    expect(page.locator("#inside-step .stepper")).to_have_count(0)
    question.locator(".options button").press("Enter")
    question.locator(".see").press("Enter")
    expect(page.locator("#inside-step .where")).to_contain_text("step 4 of 9", timeout=SLOW)
