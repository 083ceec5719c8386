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
  const line = (words, language, changed) => make("p", { class: "words", lang: language }, ...words.map((word) => priced(word, changed)));
  const heard = (name, words) => make("p", { class: "hear" }, `${say(name)} ${words.map((word) => word.text).join(" ")}`);

  // Each old word above the new one in its place; what stands between two such pairs is paired as it comes.
  /** @param {WhatIfPayload} payload */
  const both = (payload) => {
    const columns = [], gap = { old: [], now: [] };
    const close = () => {
      for (let i = 0; i < Math.max(gap.old.length, gap.now.length); i++) columns.push([gap.old[i], gap.now[i]]);
      gap.old = [], gap.now = [];
    };
    let at = 0;
    payload.new.forEach((word) => {
      if (word.place === null) { gap.now.push(word); return; }
      gap.old = payload.old.slice(at, word.place - 1);
      close();
      columns.push([payload.old[word.place - 1], word]);
      at = word.place;
    });
    gap.old = payload.old.slice(at);
    close();
    const cell = (word, changed) => word ? priced(word, changed) : make("span", { class: "priced" }, make("span", {}, "–"), make("small"));
    return make("p", { class: "words both", lang: payload.language, "aria-hidden": "true" }, ...columns.map(([old, now]) => make("span", { class: "pair" }, cell(old, false), cell(now, true))));
  };

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
        make("div", { class: "lines" }, ...(changed ? [heard("old", payload.old), heard("new", payload.new), both(payload)] : [line(payload.old, payload.language, false)])),
        make("div", { class: "price" }, ...price)));
    };
  };
})();
