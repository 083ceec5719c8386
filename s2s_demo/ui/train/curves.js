// The curves of a run: a figure, and over it the cursor that its pictures share, to be dragged or moved by keys.
(() => {
  "use strict";
  const { KINDS, make, reel } = window.S2S;
  const say = (key, facts) => window.S2S.say(`train.${key}`, facts);
  const STRONG = 1.9; // px: what is measured always on the same sentences has thicker lines, and dots at the cursor
  const MOVES = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

  KINDS.curves = (element, props, trigger) => {
    const read = KINDS.plot(element, props, trigger);
    const box = element.querySelector(".s2s-figure"), area = box.parentElement;
    const chip = make("output"), dots = make("div");
    const line = make("div", { class: "curve-cursor", role: "slider", tabindex: 0, "aria-label": say("cursor"), hidden: true }, chip, dots);
    area.append(line);

    const axis = () => box._fullLayout?.xaxis;
    // How many pixels of the card one of the figure's is: before a class, the page is zoomed and figures are not.
    const scale = () => (box.getBoundingClientRect().width / box.offsetWidth) / (area.getBoundingClientRect().width / area.offsetWidth);
    const heights = (update) => (box.data ?? []).flatMap((trace) => {
      const row = trace.line?.width > STRONG ? trace.x.indexOf(update) : -1, along = box._fullLayout[`yaxis${(trace.yaxis ?? "y").slice(1)}`];
      return row < 0 || !along ? [] : [{ y: along._offset + along.c2p(trace.y[row]), colour: trace.line.color }];
    });
    const place = () => {
      const { update } = reel, size = box._fullLayout?._size;
      line.hidden = box.hidden || !size || update === null;
      if (line.hidden) return;
      const k = scale(), number = update.toLocaleString("en");
      line.style.left = `${box.offsetLeft + k * (axis()._offset + axis().l2p(update))}px`;
      line.style.top = `${box.offsetTop + k * size.t}px`;
      line.style.height = `${k * size.h}px`;
      line.toggleAttribute("data-held", reel.held !== null);
      chip.textContent = number;
      line.setAttribute("aria-valuemin", reel.moments()[0]);
      line.setAttribute("aria-valuemax", reel.last);
      line.setAttribute("aria-valuenow", update);
      line.setAttribute("aria-valuetext", say("update", { update: number, last: reel.last.toLocaleString("en") }));
      dots.replaceChildren(...heights(update).map((dot) => make("i", { style: `top: ${k * (dot.y - size.t)}px; background: ${dot.colour}` })));
    };

    const grab = (event) => {
      const { left, width } = box.getBoundingClientRect();
      const near = reel.nearest(axis().p2l((event.clientX - left) * box.offsetWidth / width - axis()._offset));
      if (Number.isFinite(near)) reel.hold(near);
    };
    area.addEventListener("pointerdown", (event) => {
      if (event.button || line.hidden) return;
      area.setPointerCapture(event.pointerId);
      area.addEventListener("pointermove", grab);
      grab(event);
    });
    ["pointerup", "pointercancel"].forEach((end) => area.addEventListener(end, () => {
      area.removeEventListener("pointermove", grab);
      if (!line.hidden) line.focus({ preventScroll: true }); // not before: a mouse pressed on a figure takes the focus away
    }));
    line.addEventListener("keydown", (event) => {
      const { key } = event;
      if (key === "End") reel.hold(null); else if (key === "Home") reel.hold(reel.moments()[0]); else if (MOVES[key]) reel.step(MOVES[key]); else return;
      event.preventDefault();
    });

    let drawn = false;
    reel.watchers.add(place);
    return async () => {
      await read();
      if (!drawn && box.on) { drawn = true; box.on("plotly_afterplot", place); }
      place();
    };
  };
})();
