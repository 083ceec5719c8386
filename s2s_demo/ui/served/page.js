// The keys of the whole page, the sheet that lists them, and how the page stands in a frame or before a class.
(() => {
  "use strict";
  const { make, say, inLanguage, toggleTheme } = window.S2S;
  const { language, languages } = window.S2S_SETTINGS;
  const asked = new URLSearchParams(location.search), root = document.documentElement.classList;
  root.toggle("embed", asked.get("embed") === "1");
  root.toggle("projector", asked.get("view") === "projector");

  // From tab to tab with what is looked at: it travels in the address, and once more for the tab that is opened.
  let carried = {};
  const openTab = (name, link) => {
    window.S2S.keepLink(link);
    carried = { [name]: location.search };
    document.querySelector(`#page-${name}-button`)?.click();
  };
  const carriedTo = (name) => {
    const address = carried[name] ?? "";
    carried = {};
    return address;
  };

  const KEYS = ["space", "arrows", "enter", "escape", "i", "l", "t", "h"];
  let sheet = null;
  const help = () => {
    if (!sheet) {
      const rows = KEYS.map((key) => make("div", {}, make("dt", {}, say(`keys.${key}-key`)), make("dd", {}, say(`keys.${key}`))));
      const close = make("button", { type: "button", class: "chip" }, say("keys.close"));
      sheet = make("dialog", { class: "s2s-keys", "aria-label": say("keys.title") }, make("h2", {}, say("keys.title")), make("dl", {}, ...rows), close);
      close.addEventListener("click", () => sheet.close());
      document.body.append(sheet);
    }
    if (sheet.open) sheet.close(); else sheet.showModal();
  };
  const seen = (selector) => [...document.querySelectorAll(selector)].find((node) => node.checkVisibility() && !node.disabled);
  const writes = (node) => node.matches?.("input, textarea, select, [contenteditable], [role='combobox'], [role='listbox']");

  const ACTS = {
    l: () => location.assign(inLanguage(location.href, languages[(languages.indexOf(language) + 1) % languages.length])),
    t: toggleTheme,
    h: help,
    "?": help,
  };
  // Space starts, pauses and goes on with a run; arrows begin to walk in the picture.
  const begins = (event) => {
    if (event.target.closest?.("button, a, summary, [role='tab'], [tabindex]")) return false;
    const run = event.key === " " && (seen("#pause") ?? seen("#start"));
    if (run) { run.click(); return true; }
    const stage = event.key.startsWith("Arrow") && seen(".picture-stage");
    if (!stage) return false;
    stage.focus({ preventScroll: true });
    stage.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || writes(event.target) || event.defaultPrevented) return;
    const act = ACTS[event.key.toLowerCase()];
    if (act) act(); else if (!begins(event)) return;
    event.preventDefault();
  });

  const lookInside = (link) => openTab("inside", link);
  Object.assign(window.S2S, { openTab, carriedTo, lookInside });
})();
