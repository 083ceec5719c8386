// How far a long piece of work has come.
(() => {
  "use strict";
  const { KINDS, payloadOf, say } = window.S2S;

  KINDS.progress = (element, props) => {
    const bar = element.querySelector("progress");
    bar.setAttribute("aria-label", say("progress"));
    return () => {
      /** @type {ProgressPayload | null} */
      const payload = payloadOf(props);
      bar.hidden = !payload;
      if (payload) Object.assign(bar, { value: payload.value, max: payload.max });
    };
  };
})();
