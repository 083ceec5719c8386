// A translation in words: how sure the model was of each, and which sentence the pictures show.
(() => {
  "use strict";
  const { KINDS, make, payloadOf } = window.S2S;

  /** @param {AnswerWord} word */
  const inWords = (word) => {
    const node = make("span", { class: `word ${word.level}`, title: word.said, style: `--p:${word.probability}` },
      make("span", { class: "ink", "aria-hidden": "true" }, word.text), make("span", { class: "hear" }, `${word.text} (${word.said})`));
    return word.gap ? [word.gap, node] : [node];
  };

  KINDS.answer = (element, props, trigger) => {
    const box = element.querySelector(".s2s-answer");
    return () => {
      /** @type {AnswerPayload | null} */
      const payload = payloadOf(props);
      if (!payload) { box.replaceChildren(); return; }
      const choose = payload.sentences.length > 1;
      const lines = payload.sentences.map((/** @type {AnswerSentence} */ sentence, i) => {
        const line = make("span", { class: `sentence${sentence.selected && choose ? " selected" : ""}`, lang: payload.language, dir: "auto" },
          ...sentence.words.flatMap(inWords));
        if (choose) line.addEventListener("click", () => trigger("select", { sentence: i }));
        return line;
      });
      const text = make("p", { class: "translation" });
      lines.forEach((line, i) => text.append(...(i ? [" ", line] : [line])));
      box.replaceChildren(text, make("div", { class: "numbers" },
        ...payload.numbers.map(([name, value]) => make("span", {}, make("b", {}, value), ` ${name}`))));
    };
  };
})();
