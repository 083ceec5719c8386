// Plain text from the server: JSON, or the text itself.
(() => {
  "use strict";
  const textOf = (value) => { try { return JSON.parse(value || '""'); } catch { return value; } };

  window.S2S.KINDS.text = (element, props) => {
    const box = element.querySelector(".s2s-text");
    return () => { box.textContent = textOf(props.value); };
  };

  Object.assign(window.S2S, { textOf });
})();
