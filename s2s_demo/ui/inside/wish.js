// What the model would have to look at to write another word: two looks, one bar above the other.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { share, replace } = window.S2S.inside;

  const bar = (name, weight) => make("span", { class: `bar ${name}` }, make("i", { style: `--at: ${weight.toFixed(4)}` }), make("b", {}, share(weight)));
  /** @param {WishRow} row */
  const rowNode = (row) => make("li", { class: row.found > row.own + 0.05 ? "seen" : null }, make("span", { class: "word" }, row.word), bar("own", row.own), bar("found", row.found));

  KINDS.wish = (element, props, trigger) => {
    const box = element.querySelector(".s2s-wish");
    return () => {
      /** @type {WishPayload | null} */
      const payload = payloadOf(props);
      if (!payload?.looks) { box.replaceChildren(); return; }
      const field = make("input", { type: "text", class: "typed", maxlength: 60, "data-key": "wished", value: payload.text, placeholder: say("type"), "aria-label": say("wish-of") });
      const form = make("form", {}, field, make("button", { class: "chip", "data-key": "wish" }, say("wish-go")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (field.value.trim()) trigger("select", { act: "wish", step: payload.step, text: field.value.trim() });
      });
      const heads = make("li", { class: "wish-heads", "aria-hidden": "true" }, make("span"), make("span", {}, say("wish-own")), make("span", {}, say("wish-found")));
      const found = payload.rows.length ? [make("p", { class: "verdict" }, payload.said), make("ol", { class: "looks" }, heads, ...payload.rows.map(rowNode)), make("p", { class: "help" }, payload.far)] : [];
      replace(box, make("section", { class: "card" }, make("header", {}, make("h2", {}, say("wish")), form), ...found));
    };
  };
})();
