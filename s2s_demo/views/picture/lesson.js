// What the picture needs of a page, for a file of its own: no server, no Plotly; marks are drawn as SVG.
window.S2S = (() => {
  "use strict";
  const { ink, words, palette } = window.S2S_LESSON;
  const system = matchMedia("(prefers-color-scheme: dark)"), dark = () => system.matches;
  const themeWatchers = new Set();
  system.addEventListener("change", () => themeWatchers.forEach((redraw) => redraw()));
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => { if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value); });
    node.append(...children);
    return node;
  };
  const say = (key, facts = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const inked = (scene) => (dark() ? { ...scene, paths: scene.paths.map((path) => ({ ...path, fill: ink[path.fill] ?? path.fill, line: ink[path.line] ?? path.line })), texts: scene.texts.map((text) => ({ ...text, colour: ink[text.colour] ?? text.colour })) } : scene);
  const put = (box, found) => {
    const scene = found.paths ? found : globalThis.S2SMap.marks(found, dark() ? palette.dark : palette.light);
    box.innerHTML = globalThis.S2SDraw.svg(inked(scene)); // texts are escaped there
  };
  const KINDS = {};
  const payloadOf = (props) => JSON.parse(props.value);
  const start = (payload, seen) => {
    const element = document.querySelector("#picture"), props = { value: JSON.stringify(payload) }, place = document.querySelector("#seen");
    place.hidden = !seen;
    if (seen) KINDS.seen(place, { value: JSON.stringify(seen) })(); // a source that is no text
    KINDS.picture(element, props, () => {})();
    const slider = document.querySelector("#step"), play = document.querySelector("#play"), last = () => Number(slider.max);
    let timer = 0;
    const mark = () => element.dispatchEvent(new CustomEvent("s2s-mark", { detail: { target: Number(slider.value) } }));
    const stop = () => { clearInterval(timer); timer = 0; play.textContent = "▶"; };
    element.addEventListener("s2s-drawn", ({ detail }) => { slider.max = String(detail.words - 1); });
    slider.addEventListener("input", () => { stop(); mark(); });
    play.addEventListener("click", () => {
      if (timer) { stop(); return; }
      if (Number(slider.value) >= last()) slider.value = "0";
      play.textContent = "❚❚";
      mark();
      timer = setInterval(() => {
        if (Number(slider.value) >= last()) { stop(); return; }
        slider.value = String(Number(slider.value) + 1);
        mark();
      }, 900);
    });
  };
  return { KINDS, make, say, payloadOf, put, themeWatchers, start, scrolls: () => {}, saveMenu: (menu) => { if (menu) menu.hidden = true; } };
})();
