// The first answer, which came with the page: drawn at once, gone when the live page shows the same.
(() => {
  "use strict";
  const { KINDS, startTheme } = window.S2S;
  const LIVE = "#picture [data-drawn], #message .s2s-text:not(:empty)";

  const firstSight = (payload) => {
    const first = document.querySelector(".s2s-first"), embedded = document.documentElement.classList.contains("embed");
    if (embedded) { first.remove(); return; }
    const watch = () => (document.querySelector(LIVE) ? first.remove() : requestAnimationFrame(watch));
    watch();
    startTheme();
    KINDS.picture(first.querySelector(".first-picture"), { value: JSON.stringify(payload) }, () => {})();
  };
  Object.assign(window.S2S, { firstSight });
})();
