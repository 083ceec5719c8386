// What a class predicted: asked for anew every few seconds, while somebody looks and a class is open.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const say = (key, facts) => window.S2S.say(`lesson.${key}`, facts);
  const EVERY = 3000; // ms

  KINDS.tally = (element, props, trigger) => {
    const box = element.querySelector(".s2s-tally");
    let timer = 0;
    return () => {
      /** @type {TallyPayload | null} */
      const payload = payloadOf(props);
      clearInterval(timer);
      if (!payload?.open) { box.replaceChildren(); return; }
      timer = setInterval(() => { if (box.checkVisibility()) trigger("select", {}); }, EVERY);
      const most = (/** @type {TalliedPayload} */ each) => Math.max(1, each.pupils);
      const question = (/** @type {TalliedPayload} */ each) => make("section", {}, make("h3", {}, each.asked), make("p", { class: "help" }, say("answered", { pupils: each.pupils })),
        make("ol", {}, ...each.choices.map((/** @type {CountPayload} */ choice) => make("li", {}, make("span", { lang: each.language }, choice.text), make("i", { "aria-hidden": "true" }, make("b", { style: `width: ${(100 * choice.count) / most(each)}%` })), make("b", { class: "count" }, String(choice.count))))));
      const none = payload.questions.length ? [] : [make("p", { class: "help" }, say("nobody"))];
      box.replaceChildren(make("section", { class: "card" }, make("h2", {}, say("class")), ...none, ...payload.questions.map(question)));
    };
  };
})();
