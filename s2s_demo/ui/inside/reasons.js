// Why this word: three explanations in rows, a column for each source word; and the badges of the map.
(() => {
  "use strict";
  const { KINDS, make, payloadOf, scrolls } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);
  const { signed } = window.S2S.inside;

  /** @param {Explanation} explanation */
  const row = (explanation) => {
    const most = Math.max(...explanation.values.map(Math.abs), 1e-9);
    return make("tr", {}, make("th", { scope: "row" }, explanation.name), ...explanation.values.map((value) =>
      make("td", { class: value < 0 ? "against" : null, style: `--at: ${Math.round((60 * Math.abs(value)) / most)}%` }, signed(value))));
  };
  /** @param {BadgePayload} badge */
  const badgeNode = (badge) => make("details", { class: "badge" }, make("summary", {}, badge.said), make("p", {}, badge.effect), make("p", {}, badge.action));

  KINDS.reasons = (element, props, trigger) => {
    const box = element.querySelector(".s2s-reasons");
    let step = 0; // whose reasons are asked for once the part is looked at; 0 where they are there
    const look = () => { if (step) { trigger("select", { step }); step = 0; } };
    const eye = new IntersectionObserver((entries) => { if (entries.at(-1).isIntersecting) look(); }, { rootMargin: "150px" });
    return () => {
      /** @type {ReasonsPayload | null} */
      const payload = payloadOf(props);
      eye.disconnect();
      if (!payload) { box.replaceChildren(); return; }
      box.setAttribute("aria-busy", payload.asks);
      if (payload.asks) {
        step = payload.step;
        eye.observe(box);
        return;
      }
      const table = make("div", { class: "s2s-table" }, make("table", {}, make("caption", { class: "hear" }, say("why", { word: payload.word })),
        make("thead", {}, make("tr", {}, make("td"), ...payload.source.map((word) => make("th", { scope: "col" }, word)))),
        make("tbody", {}, ...payload.explanations.map(row))));
      box.replaceChildren(make("section", { class: "card" }, make("h2", {}, say("why", { word: payload.word })), make("p", { class: "faithful" }, payload.said), table,
        make("p", { class: "help" }, payload.agreements.join(" · "))),
      ...(payload.looks ? [make("section", { class: "card doctor" }, make("h2", {}, say("doctor")),
        ...(payload.badges.length ? payload.badges.map(badgeNode) : [make("p", { class: "help" }, say("healthy"))]))] : []));
      scrolls(box.querySelector(".s2s-table"));
    };
  };
})();
