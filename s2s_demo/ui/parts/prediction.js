// A question to the class: choose, then see.  What is right comes from the server, after the choice.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, say } = window.S2S;
  const counted = () => new URLSearchParams(location.search).has("class");
  const MARKS = { right: "✓", wrong: "×", missed: "○" };

  /** @param {Option} option */
  const text = (option, language) => [make("span", { lang: language }, ...(option.before ? [make("span", { class: "before" }, option.before)] : []), make("b", {}, option.text)), ...(option.about ? [make("small", {}, option.about)] : [])];
  const came = (options, language) => make("ol", { class: "options last" }, ...options.map((option) => make("li", { class: option.mark || null },
    make("i", { "aria-hidden": "true" }, MARKS[option.mark] ?? ""), ...(option.mark ? [make("span", { class: "hear" }, say(`prediction.${option.mark}`))] : []), ...text(option, language))));

  KINDS.prediction = (element, props, trigger) => {
    const box = element.querySelector(".s2s-prediction");
    return () => {
      /** @type {PredictionPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      let picked = [];
      const see = make("button", { type: "button", class: "chip see", disabled: true }, say("prediction.see"));
      see.addEventListener("click", () => { see.disabled = true; trigger("select", { picked }); });
      const buttons = payload.options.map((option, i) => {
        const button = make("button", { type: "button", "aria-pressed": "false" }, make("i", { "aria-hidden": "true" }, String(i + 1)), ...text(option, payload.language));
        button.addEventListener("click", () => {
          picked = picked.includes(i + 1) ? picked.filter((one) => one !== i + 1) : [...picked, i + 1].slice(-payload.pick);
          buttons.forEach((one, place) => one.setAttribute("aria-pressed", String(picked.includes(place + 1))));
          see.disabled = picked.length !== payload.pick;
        });
        return button;
      });
      const before = payload.last.length ? [make("p", { class: "verdict" }, payload.said), came(payload.last, payload.language)] : [];
      const now = payload.waits ? [make("h2", {}, payload.asked), make("p", { class: "help" }, say("prediction.help", { pick: payload.pick }), ...(counted() ? [" ", say("prediction.counted")] : [])), make("div", { class: "options", role: "group", "aria-label": payload.asked }, ...buttons), see] : [];
      box.replaceChildren(make("section", { class: "card" }, ...before, ...now));
    };
  };
})();
