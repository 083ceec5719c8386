// Tab Translate: its keys and the link to what is shown.
(() => {
  "use strict";
  const { say } = window.S2S;

  const { linked } = window.S2S_SETTINGS; // the names that a link to a question may have
  // The address of a view: ours among the parameters are replaced, all others stay.
  const linkTo = (address, parameters) => {
    const url = new URL(address);
    [...linked, ...[...url.searchParams.keys()].filter((name) => name.startsWith("run-"))].forEach((name) => url.searchParams.delete(name));
    Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
    return url.href;
  };
  const keepLink = (parameters) => {
    const link = linkTo(location.href, parameters);
    if (link !== location.href) history.replaceState(history.state, "", link);
  };
  const copyLink = () => {
    const box = document.querySelector("#link-box");
    box.hidden = false;
    const field = box.querySelector("input");
    field.value = location.href;
    field.focus();
    field.select();
    navigator.clipboard?.writeText(location.href).then(
      () => { box.querySelector("span").textContent = say("copied"); }, () => {});
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("#sentence textarea, #sentence input")) return;
    if (event.shiftKey) return; // a new line, as everywhere
    event.preventDefault();
    event.stopImmediatePropagation();
    document.querySelector("#translate-button")?.click();
  }, true);
  document.addEventListener("keypress", (event) => { // Gradio would submit on Shift+Enter
    if (event.key === "Enter" && event.target.matches?.("#sentence textarea")) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#copy-link")) copyLink();
  });

  Object.assign(window.S2S, { linkTo, keepLink });
})();
