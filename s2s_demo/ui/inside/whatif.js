// What the changes come to: the old and the new translation one above the other, and the list to undo them by.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { signed, replace } = window.S2S.inside;

  /** @param {WordPrice} word */
  const priced = (word, changed) => {
    const shown = changed ? word.delta ?? word.price : word.price;
    const quiet = changed && word.delta !== null && Math.abs(word.delta) < 0.005;
    return make("span", { class: `priced ${changed && !word.same ? "new" : ""}` }, make("span", {}, word.text),
      make("small", { class: shown < 0 ? "dearer" : "cheaper" }, quiet ? "" : signed(shown, 2, changed && word.delta !== null)));
  };
  const line = (name, words, language, changed) => make("p", { class: `line ${name}` }, make("b", { class: "hear" }, `${say(name)} `), make("span", { class: "words", lang: language }, ...words.map((word) => priced(word, changed))));

  const undoList = (payload, act) => make("ol", { class: "edits" }, ...payload.edits.map((edit, place) => {
    const button = make("button", { type: "button", class: "chip", "data-key": `undo-${place}`, title: say("undo-from") }, say("undo"));
    button.addEventListener("click", () => act({ act: "undo", keep: place }));
    return make("li", {}, `${edit} `, button);
  }));

  KINDS.whatif = (element, props, trigger) => {
    const box = element.querySelector(".s2s-whatif");
    return () => {
      /** @type {WhatIfPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const changed = payload.edits.length > 0, act = (what) => trigger("select", what);
      const about = changed ? payload.about : say(payload.looks ? "what-if-help" : "what-if-help-words");
      const price = changed
        ? [make("strong", {}, `Δ log p ${signed(payload.delta, 2, true)}`), make("small", {}, `Σ ${signed(payload.old_total)} → ${signed(payload.new_total)}`),
          ...(Math.abs(payload.edited_total - payload.new_total) > 0.005 ? [make("small", {}, say("with-changes", { total: signed(payload.edited_total) }))] : [])]
        : [make("strong", {}, `Σ log p ${signed(payload.old_total)}`)];
      replace(box, make("section", { class: "card" },
        make("div", { class: "said" }, make("h2", {}, say("what-if")), ...(changed ? [undoList(payload, act)] : []), make("p", { class: "help" }, about)),
        make("div", { class: "lines" }, line("old", payload.old, payload.language, false), ...(changed ? [line("new", payload.new, payload.language, true)] : [])),
        make("div", { class: "price" }, ...price)));
    };
  };
})();
