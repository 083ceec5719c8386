// A lesson on the whole page: what a class does not see, the note that stands beside, and the way back to the tour.
(() => {
  "use strict";
  const { make } = window.S2S;
  const say = (key, facts) => window.S2S.say(`lesson.${key}`, facts);
  const asked = new URLSearchParams(location.search), root = document.documentElement.classList;
  (asked.get("hide") ?? "").split(",").forEach((name) => { if (/^[a-z]+$/.test(name)) root.add(`hide-${name}`); });

  const currentTab = () => document.querySelector("#tabs [role='tab'][aria-selected='true']")?.id.replace(/^page-|-button$/g, "") ?? "translate";
  // What was looked at before tab Learn was opened: that is what can be handed out there, and what a visitor who goes
  // back by hand finds again (a step of the tour that opens a tab presses it by script, and has its own address).
  let left = { address: location.href, tab: "translate" };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("#tabs [role='tab']");
    if (!tab) return;
    if (currentTab() !== "learn") left = { address: location.href, tab: currentTab() };
    else if (event.isTrusted && tab.id === `page-${left.tab}-button`) history.replaceState(history.state, "", left.address);
    if (tab.id === "page-learn-button") document.querySelector(".s2s-beside.of-tour")?.remove();
  }, true);

  const beside = (kind, text, ...more) => {
    document.querySelector(`.s2s-beside.${kind}`)?.remove();
    const close = make("button", { type: "button", class: "close", "aria-label": say("close"), title: say("close") }, "×");
    const box = make("aside", { class: `s2s-beside ${kind}`, "aria-label": say("note") }, make("p", {}, text), ...more, close);
    close.addEventListener("click", () => box.remove());
    document.body.append(box);
  };
  const follow = (notice) => {
    const back = make("button", { type: "button", class: "back" }, say("return"));
    back.addEventListener("click", () => document.querySelector("#page-learn-button")?.click());
    beside("of-tour", notice, back);
  };
  const shareLink = () => {
    document.querySelector("#page-learn-button")?.click();
    const scroll = (tries) => {
      const box = document.querySelector("#share form");
      if (box?.checkVisibility()) { box.scrollIntoView({ block: "start" }); box.querySelector("input, select, textarea")?.focus({ preventScroll: true }); }
      else if (tries) setTimeout(scroll, 100, tries - 1);
    };
    scroll(50);
  };
  document.addEventListener("click", (event) => { if (event.target.closest?.("#share-lesson")) shareLink(); });
  const note = asked.get("note");
  if (note) document.addEventListener("DOMContentLoaded", () => beside("of-teacher", note.slice(0, 500)));

  window.S2S.lesson = { follow, left: () => left };
})();
