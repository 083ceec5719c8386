// Tab Train: the state of a run, and its sliders.
(() => {
  "use strict";
  const { KINDS, make } = window.S2S;

  KINDS.run = (element, props) => {
    const box = element.querySelector(".s2s-run"), name = box.querySelector("b"), text = box.querySelector("span");
    const bar = box.querySelector(".run-bar i"), list = box.querySelector(".run-numbers");
    const put = (node, value) => { if (node.textContent !== value) node.textContent = value; };
    return () => {
      if (!props.value) return;
      /** @type {RunStatus} */
      const run = JSON.parse(props.value);
      box.dataset.state = run.state;
      put(name, run.name);
      put(text, run.text);
      bar.style.width = `${100 * run.done}%`;
      while (list.children.length > run.numbers.length) list.lastChild.remove();
      run.numbers.forEach(([label, value], i) => {
        const pair = list.children[i] ?? list.appendChild(make("div", {}, make("dt"), make("dd")));
        put(pair.firstChild, label);
        put(pair.lastChild, value);
      });
    };
  };

  // A slider moved by keys: Gradio calls it released only when a pointer is; here, when the keys rest or it is left.
  let resting = 0;
  const release = (slider) => { clearTimeout(resting); resting = 0; slider.dispatchEvent(new PointerEvent("pointerup", { bubbles: true })); };
  document.addEventListener("keyup", ({ target, key }) => {
    if (!target.matches?.("#ratio input[type=range]") || !/^(Arrow|Page|Home|End)/.test(key)) return;
    clearTimeout(resting);
    resting = setTimeout(release, 300, target);
  });
  document.addEventListener("focusout", ({ target }) => { if (resting) release(target); });
})();
