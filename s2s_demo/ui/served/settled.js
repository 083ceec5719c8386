// Gradio hands its config to Svelte, which watches all that is in it for changes, though nothing in it ever changes:
// a tenth of the work until the page is live.  Svelte leaves alone what is no plain array.
(() => {
  "use strict";
  class Settled extends Array {}
  const settle = (config) => {
    for (const name of ["components", "dependencies"]) if (config?.[name]) Object.setPrototypeOf(config[name], Settled.prototype);
    return config;
  };
  Object.defineProperty(window, "gradio_config", {
    configurable: true,
    set: (config) => Object.defineProperty(window, "gradio_config", { value: settle(config), writable: true, configurable: true }),
  });
})();
