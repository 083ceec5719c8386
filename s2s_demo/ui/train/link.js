// Tab Train: a link fills in its form, the page's own address once; and what the form asks stands in the address.
(() => {
  "use strict";
  const LOOK = 200, PATIENCE = 120_000; // ms
  let first = location.search, waiting = null;
  const arriving = () => {
    const address = window.S2S.carriedTo("train") || first;
    first = "";
    return address;
  };
  const keep = (link) => { if (document.querySelector("#page-train")?.checkVisibility()) window.S2S.keepLink(JSON.parse(link || "{}")); };
  const ready = () => { const act = waiting; waiting = null; act?.(); };

  // A lesson presses Start once its link has filled in the form, and unticks teacher forcing at an update.
  const updates = () => Number(document.querySelector("#run-status dd")?.textContent.match(/[\d,]+/)?.[0].replaceAll(",", "") ?? NaN);
  const unforce = (at) => {
    const since = Date.now(), older = updates();
    let begun = false;
    const timer = setInterval(() => {
      const forced = document.querySelector("#forced input"), now = updates();
      begun ||= Number.isFinite(now) && !(now >= older); // before that the numbers are those of an older run
      if (begun && now >= at && forced.checked) forced.click();
      if ((begun && now >= at) || Date.now() - since > PATIENCE) clearInterval(timer);
    }, LOOK);
  };
  const begin = (unforcedAt) => {
    waiting = () => {
      if (unforcedAt) unforce(unforcedAt);
      document.querySelector("#start")?.click();
    };
  };
  window.S2S.train = { arriving, keep, ready, begin };
})();
