// A lesson to hand out: the form of its author, and the link, the code and the frame that come of it.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`lesson.${key}`, facts);

  const copied = (text, status) => navigator.clipboard?.writeText(text).then(() => { status.textContent = say("copied"); }, () => {});
  const field = (label, node) => make("label", {}, make("span", {}, label), node);
  const result = (label, node) => {
    const status = make("span", { role: "status", class: "help" }), copy = make("button", { type: "button", class: "chip" }, say("copy"));
    copy.addEventListener("click", () => { node.select(); copied(node.value, status); });
    return make("div", { class: "result" }, field(label, node), copy, status);
  };

  KINDS.share = (element, props, trigger) => {
    const box = element.querySelector(".s2s-share");
    let form = null, results = null;
    const wish = () => ({
      ...window.S2S.lesson.left(), what: form.elements.what.value, step: document.querySelector("#learn .tour [aria-current]")?.dataset.key ?? "", count: form.elements.count.checked, ask: form.elements.ask.value, q: form.elements.ask.value === "own" ? form.elements.q.value.trim() : "", note: form.elements.note.value.trim(),
      hide: [...form.querySelectorAll("[name=hide]:checked")].map(({ value }) => value),
    });
    const build = (/** @type {SharePayload} */ payload) => {
      const tick = (/** @type {ShareChoice} */ each) => make("label", { class: "tick" }, make("input", { type: "checkbox", name: "hide", value: each.name }), each.said);
      const option = (/** @type {ShareChoice} */ each) => make("option", { value: each.name }, each.said);
      const ask = make("select", { name: "ask" }, make("option", { value: "" }, say("ask-nothing")), ...payload.asks.map(option));
      const what = make("select", { name: "what" }, make("option", { value: "" }, ""), make("option", { value: "tour" }, say("what-tour")));
      what.addEventListener("change", () => { asks.hidden = what.value === "tour"; own.hidden = asks.hidden || ask.value !== "own"; });
      const asks = field(say("ask"), ask), count = make("label", { class: "tick" }, make("input", { type: "checkbox", name: "count" }), say("count"));
      const own = field(say("q"), make("input", { type: "text", name: "q", maxlength: 500 }));
      own.hidden = true;
      ask.addEventListener("change", () => { own.hidden = ask.value !== "own"; });
      const record = make("button", { type: "button", class: "chip" }, say("record"));
      record.addEventListener("click", () => trigger("select", { ...wish(), record: true }));
      form = make("form", {}, field(say("what"), what), make("fieldset", {}, make("legend", {}, say("hide")), ...payload.hides.map(tick)), asks, own, make("div", { class: "counting" }, count, make("small", { class: "help" }, say("count-help"))),
        field(say("beside"), make("textarea", { name: "note", rows: 2, maxlength: 500 })), make("p", { class: "turns" }, make("button", { class: "main-button" }, say("make")), record));
      form.addEventListener("submit", (event) => { event.preventDefault(); trigger("select", wish()); });
      results = make("div", { class: "results", "aria-live": "polite" });
      box.replaceChildren(make("section", { class: "card" }, make("h2", {}, say("title")), make("p", { class: "help" }, say("help")), make("div", { class: "author" }, form, results)));
    };
    return () => {
      /** @type {SharePayload | null} */
      const payload = payloadOf(props);
      if (!payload) return;
      if (!form) build(payload);
      const tab = window.S2S.lesson.left().tab; // may be another each time that tab Learn is opened
      form.elements.what.options[0].textContent = say("what-last", { tab: document.querySelector(`#page-${tab}-button`)?.textContent.trim() ?? tab });
      if (!payload.link) { results.replaceChildren(); return; }
      const code = payload.code ? [make("div", { class: "code", role: "img", "aria-label": say("code") }, document.importNode(new DOMParser().parseFromString(payload.code, "image/svg+xml").documentElement, true))] : [];
      const try_ = make("a", { href: payload.link, target: "_blank", rel: "noopener", class: "chip" }, say("try"));
      results.replaceChildren(...code, make("div", {}, result(say("link"), make("input", { readonly: true, value: payload.link })), result(say("frame"), make("input", { readonly: true, value: payload.frame })), try_,
        ...(payload.said ? [make("p", { class: "help" }, payload.said)] : [])));
    };
  };
})();
