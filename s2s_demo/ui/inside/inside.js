// What the parts of tab Inside share: numbers as a reader writes them, vectors as strips, formulas.
(() => {
  "use strict";
  const { make } = window.S2S;
  const say = (key, facts) => window.S2S.say(`inside.${key}`, facts);

  // A probability in few signs: .45, .034, 0 for what rounds to nought, 1 for what rounds to one.
  const share = (p) => (p > 0 && p < 0.0005 ? "<.001" : p.toFixed(p >= 0.0995 || p === 0 ? 2 : 3).replace(/^0/, ""));
  const signed = (value, digits = 2, plus = false) => {
    const text = Math.abs(value).toFixed(digits);
    if (Number(text) === 0) return text;
    return `${value < 0 ? "−" : plus ? "+" : ""}${text}`;
  };

  /** @param {Numbers} numbers */
  const strip = (numbers) => {
    const most = Math.max(...numbers.values.map(Math.abs), 1e-9), width = 100 / numbers.values.length;
    const stops = numbers.values.map((value, i) => {
      const colour = `color-mix(in srgb, var(${value < 0 ? "--second" : "--accent"}) ${Math.round((100 * Math.abs(value)) / most)}%, var(--card))`;
      return `${colour} ${(i * width).toFixed(2)}% ${((i + 1) * width).toFixed(2)}%`;
    });
    const label = say("strip", { name: numbers.name, shown: numbers.values.length, size: numbers.size });
    const node = make("div", { class: `numbers-strip ${numbers.symbol && `of-${numbers.symbol}`}`, role: "img", "aria-label": label, style: `background: linear-gradient(to right, ${stops.join(", ")})` });
    node.addEventListener("mousemove", (event) => {
      const place = Math.min(numbers.values.length - 1, Math.floor((numbers.values.length * event.offsetX) / node.clientWidth));
      node.title = `${numbers.name}: ${signed(numbers.values[place], 3)}`;
    });
    return node;
  };

  /** @param {FormulaPayload} formula */
  const equation = (formula) => {
    const math = document.importNode(new DOMParser().parseFromString(formula.mathml, "text/xml").documentElement, true);
    math.setAttribute("aria-label", formula.latex);
    return make("p", { class: `formula formula-${formula.part}`, tabindex: 0 }, math);
  };

  // A symbol that is pointed at, or stands in the formula that has the focus, marks its numbers: `data-lit` names them.
  const SYMBOL = '[class*="sym-"]', meant = (node) => [...node.classList].find((name) => name.startsWith("sym-"))?.slice(4);
  const lights = (box) => {
    const light = (nodes) => { box.dataset.lit = [...nodes].map(meant).join(" "); };
    box.addEventListener("mouseover", ({ target }) => light(target.closest?.(SYMBOL) ? [target.closest(SYMBOL)] : []));
    box.addEventListener("focusin", ({ target }) => light(target.matches(".formula") ? target.querySelectorAll(SYMBOL) : []));
    box.addEventListener("focusout", () => light([]));
    box.addEventListener("mouseleave", () => light([]));
    return box;
  };

  // Content is drawn anew, and what had the keyboard's focus has it again: `data-key` names it.
  const replace = (box, ...content) => {
    const held = box.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    box.replaceChildren(...content);
    if (held !== undefined) [...box.querySelectorAll("[data-key]")].find((node) => node.dataset.key === held)?.focus();
  };

  window.S2S.inside = { say, share, signed, strip, equation, lights, replace };
})();
