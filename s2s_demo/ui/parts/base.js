// What every part needs: elements, words, light and dark, what scrolls, and how a part gets what Python sends.
// Text from visitors is only ever put into text nodes and attributes, never parsed as markup.
window.S2S = (() => {
  "use strict";
  const { ink, words } = window.S2S_SETTINGS;
  const TEXT_KEYS = new Set(["text", "ticktext", "customdata", "hovertext"]);

  // ---------------------------------------------------------------- elements and words
  const set = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    return node;
  };
  const make = (tag, attributes = {}, ...children) => {
    const node = set(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  };
  // The words of a key, `{fact}` filled in; a key without words is said as it is.
  const say = (key, facts = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));

  // ---------------------------------------------------------------- light and dark
  const dark = () => document.body.classList.contains("dark");
  const themeWatchers = new Set();
  let wanted = false;
  const setTheme = (isDark) => {
    wanted = isDark;
    document.body.classList.toggle("dark", isDark);
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  };
  const remembered = () => { try { return localStorage.getItem("s2s-theme"); } catch { return null; } };
  let begun = false;
  const startTheme = () => {
    if (begun) return;
    begun = true;
    const asked = new URLSearchParams(location.search).get("__theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const choose = () => setTheme(asked === "dark" || (asked !== "light" && (remembered() ?? (system.matches ? "dark" : "light")) === "dark"));
    choose();
    system.addEventListener("change", choose);
    const paper = matchMedia("print"); // which is white
    let before = false;
    paper.addEventListener("change", () => { if (paper.matches) before = dark(); setTheme(!paper.matches && before); });
    let was = dark();
    new MutationObserver(() => {
      if (dark() !== wanted) { setTheme(wanted); return; } // Gradio follows the system once more when it starts
      if (dark() !== was) { was = dark(); themeWatchers.forEach((redraw) => redraw()); }
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  };
  // The same address in another language; all else in it stays.
  const inLanguage = (address, language) => {
    const url = new URL(address);
    url.searchParams.set("lang", language);
    return url.href;
  };
  const toggleTheme = () => {
    setTheme(!dark());
    try { localStorage.setItem("s2s-theme", dark() ? "dark" : "light"); } catch { /* private window */ }
  };
  // A figure in the colours of the dark: every colour by its twin, no text touched.
  const reink = (value, key) => {
    if (typeof value === "string") return TEXT_KEYS.has(key) ? value : (ink[value] ?? value);
    if (Array.isArray(value)) return TEXT_KEYS.has(key) ? value : value.map((item) => reink(item, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, reink(item, name)]));
    }
    return value;
  };

  // ---------------------------------------------------------------- what scrolls
  // What scrolls is a stop for the keyboard, named as its table or the heading above it, only while it scrolls.
  const SCROLLS = ".s2s-scroll, .s2s-table, .prefix-scroll";
  const scrolling = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (!target.isConnected) { scrolling.unobserve(target); return; } // newer content has replaced it
    const box = target.closest(SCROLLS);
    const { overflowX, overflowY } = getComputedStyle(box);
    const does = (overflowX === "auto" && box.scrollWidth > box.clientWidth) || (overflowY === "auto" && box.scrollHeight > box.clientHeight);
    if (!does) { ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name)); return; }
    const above = [...document.querySelectorAll("h2")].findLast((title) => title.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
    set(box, { tabindex: 0, role: "group", "aria-label": box.querySelector("caption")?.textContent ?? above?.textContent });
  }));
  const scrolls = (box) => [box, ...box.children].forEach((node) => scrolling.observe(node));

  // ---------------------------------------------------------------- parts
  // A part's script adds its kind: a function of (element, props, trigger) that returns how the part is drawn anew.
  const KINDS = {};
  const mount = (kind, element, props, trigger, watch) => {
    const draw = KINDS[kind](element, props, trigger);
    watch("value", draw);
    draw();
  };
  const payloadOf = (props) => (props.value ? JSON.parse(props.value) : null);
  const save = (name, type, parts) => {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  // A tab at work says so.
  const busy = (tab, isBusy) => document.querySelector(`#page-${tab}`)?.classList.toggle("is-busy", isBusy);

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#theme-toggle")) toggleTheme();
    const language = event.target.closest?.("[data-language]");
    if (!language || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.assign(inLanguage(location.href, language.dataset.language));
  });
  if (document.body) startTheme(); else document.addEventListener("DOMContentLoaded", startTheme);

  return { KINDS, mount, payloadOf, make, say, dark, reink, themeWatchers, scrolls, save, busy, inLanguage, toggleTheme, startTheme };
})();
