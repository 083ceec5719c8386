// A file from the server, handed to the visitor.
(() => {
  "use strict";
  const { KINDS, payloadOf, save } = window.S2S;
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  KINDS.download = (element, props) => () => {
    /** @type {DownloadPayload | null} */
    const payload = payloadOf(props);
    if (payload) save(payload.file, payload.type, [payload.base64 ? bytes(payload.base64) : payload.content]);
  };

  Object.assign(window.S2S, { bytes });
})();
