// The timeline: papers, what they brought, and what opens it here.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;
  const { math, opens } = window.S2S.learn;
  const say = (key, facts) => window.S2S.say(`learn.${key}`, facts);

  KINDS.timeline = (element, props) => {
    const box = element.querySelector(".s2s-timeline");
    return () => {
      /** @type {TimelinePayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const station = (/** @type {StationPayload} */ each) => {
        const open = make("button", { type: "button", class: "chip" }, `${say("station")} ${each.tab_title}`);
        open.addEventListener("click", () => opens(each.tab, each.link));
        return make("li", {}, make("b", { class: "year" }, String(each.year)), make("a", { href: each.address, target: "_blank", rel: "noopener" }, each.paper),
          make("p", {}, each.said), ...each.formulas.map(math), open);
      };
      box.replaceChildren(make("section", { class: "card" }, make("h2", {}, payload.title), make("p", { class: "help" }, payload.help), make("ol", {}, ...payload.stations.map(station))));
    };
  };
})();
