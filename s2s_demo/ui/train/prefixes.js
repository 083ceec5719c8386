// One sentence three times: as it should be, written after gold words, and after its own, at the cursor's moment.
(() => {
  "use strict";
  const { KINDS, make, scrolls, reel } = window.S2S;
  const SPACE = "␣"; // before the first letter, which no reader counts
  const LONGEST = 22; // characters of what stands before the place where they part
  const MARKS = { gold: "\u0001", own: "\u0002", before: "\u0003" }; // around what is set off in a sentence
  const say = (key, facts) => window.S2S.say(`train.${key}`, facts);

  const row = (label, kind, words, gold, parts) => make("tr", { class: kind }, make("th", { scope: "row" }, label),
    ...words.map((word, t) => make("td", {
      class: `${gold && word !== gold[t] ? "wrong" : ""} ${t === parts ? "diverges" : ""}`,
      title: t === parts ? say("here-they-part") : null }, word)));
  const beginning = (words, end, letters) => {
    const text = words.slice(0, end).join(letters ? "" : " ").replace(SPACE, "");
    return text.length > LONGEST ? `…${text.slice(-LONGEST)}` : text;
  };
  const marked = (kind, text) => `${MARKS[kind]}${text}${MARKS[kind]}`;
  const unmarked = (sentence) => sentence.split(/(\u0001[^\u0001]*\u0001|\u0002[^\u0002]*\u0002|\u0003[^\u0003]*\u0003)/).map((part) => {
    const kind = Object.keys(MARKS).find((name) => part.startsWith(MARKS[name]));
    return kind ? make("b", { class: kind }, part.slice(1, -1)) : part;
  });

  const sentence = (/** @type {PrefixesLane} */ block, /** @type {PrefixesMoment} */ two) => {
    if (two.parts === null) return [say("agree")];
    const letters = block.by_letter, place = two.parts + (letters && block.gold[0] === SPACE ? 0 : 1);
    const before_gold = marked("before", beginning(block.gold, two.parts, letters)), before_own = marked("before", beginning(two.after_own, two.parts, letters));
    const gold = marked("gold", shown(two.after_gold[two.parts] ?? say("nothing"))), own = marked("own", shown(two.after_own[two.parts] ?? say("nothing")));
    return unmarked(letters ? say("part-letter", { place, before_gold, gold, before_own, own }) : say("part-word", { place, before_gold, gold, before_own, own }));
  };

  KINDS.prefixes = (element) => {
    const box = element.querySelector(".s2s-prefixes"), help = box.querySelector(".prefix-head .help"), blocks = box.querySelector(".prefix-blocks");
    const about = help.textContent;
    const drawn = (block, alone) => {
      const two = reel.latest(block.rows, reel.update);
      const table = make("table", {}, make("tbody", {},
        row(say("should-be"), "gold", block.gold),
        row(say("after-gold"), "after-gold", two.after_gold, block.gold, two.parts),
        row(say("after-own"), "after-own", two.after_own, block.gold, two.parts)));
      return make("div", { class: "prefix-block", "data-update": two.update },
        make("div", { class: "prefix-scroll" }, table),
        make("div", { class: "prefix-said" },
          ...(alone ? [] : [make("p", { class: "prefix-name" }, block.name)]),
          make("p", {}, ...sentence(block, two)),
          make("p", { class: "help" }, say("losses", { gold: two.gold_loss.toFixed(2), own: two.own_loss.toFixed(2) }))));
    };
    reel.watchers.add(() => {
      const all = reel.film?.prefixes ?? [];
      box.toggleAttribute("data-empty", !all.length);
      help.textContent = all.length ? say("source-at", { source: all[0].source, update: reel.update.toLocaleString("en") }) : about;
      const begun = all.filter((block) => reel.latest(block.rows, reel.update)); // a twin has no moments before its fork
      blocks.replaceChildren(...begun.map((block) => drawn(block, all.length === 1)));
      blocks.querySelectorAll(".prefix-scroll").forEach(scrolls);
    });
    return () => {};
  };
})();
