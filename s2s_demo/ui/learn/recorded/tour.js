// The tour as a file: what the page's scripts ask of a server is answered from the file itself.
(() => {
  "use strict";
  const S2S = window.S2S, system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => document.body.classList.toggle("dark", system.matches);
  system.addEventListener("change", paint);
  paint();

  const unpacked = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };

  /** @param {TourFile} file */
  const tour = (file) => {
    const element = document.querySelector("#learn"), props = { value: "" }, box = document.querySelector("#shown");
    let picture = "";
    const draw = S2S.KINDS.learn(element, props, (name, wish) => { answer(wish); });
    const show = (payload) => { props.value = JSON.stringify(payload); draw(); };
    const answer = async ({ step, picked }) => {
      box.hidden = true;
      if (!picked) { show(file.steps[step]); return; }
      /** @type {Afterwards} */
      const after = await unpacked(file.answers[step]);
      picture = after.picture;
      show({ ...after.shown, question: after.picked[[...picked].sort((one, other) => one - other).join(",")] });
    };
    S2S.openTab = async () => {
      const host = document.querySelector("#picture"), slider = document.querySelector("#step"), fresh = slider.cloneNode(), play = document.querySelector("#play");
      slider.replaceWith(fresh); // what listened to the picture before it goes
      play.replaceWith(play.cloneNode(true));
      const empty = host.cloneNode();
      host.replaceWith(empty);
      empty.append(document.querySelector("#picture-template").content.cloneNode(true));
      box.hidden = false;
      S2S.start(await unpacked(file.pictures[picture]));
      box.scrollIntoView({ block: "start" });
    };
    const asked = new URLSearchParams(location.search).get("learn");
    show(file.steps[asked] ?? Object.values(file.steps)[0]);
  };

  Object.assign(S2S, { payloadOf: (props) => (props.value ? JSON.parse(props.value) : null), linkTo: (address) => address, lesson: { follow: () => {} }, tour });
})();
