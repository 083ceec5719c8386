// The strip of controls at the top of a tab: what hangs below a button of it is seen while that button says so.
(() => {
  "use strict";
  const open = (wanted) => {
    document.querySelectorAll(".examples button, .opener button").forEach((button) => {
      const box = button.closest(".ask-text, .hangs, .strategies"), opens = button === wanted;
      if (button.getAttribute("aria-expanded") === String(opens)) return;
      if (!opens && box.querySelector(".chips, .hung")?.contains(document.activeElement)) button.focus(); // what had the focus goes
      button.setAttribute("aria-expanded", String(opens));
      box.classList.toggle("is-open", opens);
    });
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".hung")) return; // several may be chosen there
    if (event.detail === 0 && event.target.closest?.(".segmented")) return; // an arrow key chose, and may go on
    const button = event.target.closest?.(".examples button, .opener button");
    open(button?.getAttribute("aria-expanded") === "false" ? button : null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") open(null); });
})();
