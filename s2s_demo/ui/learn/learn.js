// Tab Learn: a step of the tour, with its question.  Which steps were done, this browser alone knows.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`learn.${key}`, facts);
  const KEPT = "s2s-learn";

  const doneSteps = () => { try { return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]")); } catch { return new Set(); } };
  const keepDone = (step) => { try { localStorage.setItem(KEPT, JSON.stringify([...doneSteps().add(step)])); } catch { /* private window */ } };

  // The tour's own part of the address; what the step before it had asked goes.
  const addressOf = (step) => {
    const url = new URL(window.S2S.linkTo(location.href, {}));
    url.searchParams.set("learn", step);
    return url.href;
  };
  const keepAddress = (address) => { try { history.replaceState(history.state, "", address); } catch { /* a file keeps its own */ } };
  // In the new tab the address asks for its question, and still names the step, so that one finds back.
  const opens = (tab, link) => { scrollTo(0, 0); window.S2S.openTab(tab, link); };
  const math = (mathml) => make("p", { class: "formula", tabindex: 0 }, document.importNode(new DOMParser().parseFromString(mathml, "text/xml").documentElement, true));

  /** @param {LearnPayload} payload */
  const tourList = (payload, go) => {
    const done = doneSteps();
    return make("nav", { class: "tour", "aria-label": say("steps") }, make("ol", {}, ...payload.tour.map((/** @type {TourStop} */ stop, i) => {
      const was = done.has(stop.key);
      const link = make("a", { href: addressOf(stop.key), "aria-current": stop.key === payload.step ? "step" : null, class: was ? "done" : null, "data-key": stop.key },
        make("i", { "aria-hidden": "true" }, was ? "✓" : String(i + 1)), make("span", {}, stop.title), ...(was ? [make("span", { class: "hear" }, say("done"))] : []));
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(stop.key);
      });
      return make("li", {}, link);
    })));
  };

  /** @param {LearnPayload} payload */
  const afterwards = (payload, go, grow) => {
    const place = payload.tour.findIndex(({ key }) => key === payload.step), next = payload.tour[place + 1], before = payload.tour[place - 1];
    const open = make("button", { type: "button", class: "main-button", "data-key": "open", disabled: payload.question.waits }, `${say("open")} ${payload.tab_title}`);
    open.addEventListener("click", () => {
      if (payload.starts) window.S2S.train.begin(payload.unforced_at);
      opens(payload.tab, payload.link);
      window.S2S.lesson.follow(payload.notice);
    });
    const turn = (stop, key) => {
      const button = make("button", { type: "button", class: "chip", "data-key": key }, say(key));
      button.addEventListener("click", () => go(stop.key));
      return button;
    };
    const turns = [...(before ? [turn(before, "back")] : []), ...(next ? [turn(next, "on")] : [])];
    if (payload.question.waits) return [make("p", { class: "turns" }, ...turns, make("span", { class: "help" }, say("first-predict")))];
    const seen = [...payload.looks.map(window.S2S.look), ...(payload.growing ? [window.S2S.growing(payload.growing, payload.tab === "picture" ? null : grow)] : [])];
    const teachers = make("details", { class: "teachers" }, make("summary", {}, say("teachers")), make("dl", {},
      ...[["aim", payload.aim], ["minutes", String(payload.minutes)], ["expected", payload.expected]].map(([key, text]) => make("div", {}, make("dt", {}, say(key)), make("dd", {}, text)))));
    return [...seen, make("p", { class: "notice" }, make("b", {}, say("notice")), " ", payload.notice), make("p", { class: "turns" }, ...(payload.tab ? [open] : []), ...turns), teachers];
  };

  KINDS.learn = (element, props, trigger) => {
    const box = element.querySelector(".s2s-learn");
    const go = (step) => trigger("select", { step });
    let picked = [];
    return () => {
      /** @type {LearnPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      if (!payload.question.waits) keepDone(payload.step);
      const grew = payload.growing && document.activeElement?.dataset.key === "grow", held = box.contains(document.activeElement), place = payload.tour.findIndex(({ key }) => key === payload.step) + 1;
      const asking = make("div", { class: "s2s-prediction" }), question = make("div", { class: "asked" }, asking);
      const title = make("h2", { tabindex: -1 }, payload.title);
      const text = make("section", { class: "card step" }, make("p", { class: "where" }, say("step", { step: place, steps: payload.tour.length })), title,
        make("p", { class: "text" }, payload.text), make("div", { class: "formulas" }, ...payload.formulas.map(math)),
        ...(payload.question.waits ? [] : [make("h3", {}, payload.question.asked)]), question, ...afterwards(payload, go, (grown) => trigger("select", { step: payload.step, picked, grown })));
      box.replaceChildren(tourList(payload, go), text);
      KINDS.prediction(question, { value: JSON.stringify(payload.question) }, (name, chosen) => { picked = chosen.picked; trigger(name, { step: payload.step, ...chosen }); })();
      if (grew) box.querySelector("[data-key=grow]")?.focus({ preventScroll: true });
      else if (held) title.focus({ preventScroll: true }); // what had the focus was drawn anew
      if (box.checkVisibility() && location.href !== addressOf(payload.step)) keepAddress(addressOf(payload.step));
    };
  };

  window.S2S.learn = { math, opens };
})();
