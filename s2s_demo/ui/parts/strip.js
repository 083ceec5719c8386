// The strip of controls at the top of a tab: examples hang below the sentence while their button says so.
(() => {
  "use strict";
  const open = (wanted) => {
    document.querySelectorAll(".examples button").forEach((button) => {
      const box = button.closest(".ask-text"), opens = button === wanted;
      if (button.getAttribute("aria-expanded") === String(opens)) return;
      if (!opens && box.querySelector(".chips").contains(document.activeElement)) button.focus(); // what had the focus goes
      button.setAttribute("aria-expanded", String(opens));
      box.classList.toggle("is-open", opens);
    });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".examples button");
    open(button?.getAttribute("aria-expanded") === "false" ? button : null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") open(null); });
})();
