// The strip of controls at the top of a tab: examples hang below the sentence while their button says so.
(() => {
  "use strict";
  const open = (button) => {
    document.querySelectorAll(".examples button").forEach((each) => {
      each.setAttribute("aria-expanded", String(each === button));
      each.closest(".ask-text").classList.toggle("is-open", each === button);
    });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".examples button");
    open(button?.getAttribute("aria-expanded") === "false" ? button : null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") open(null); });
})();
