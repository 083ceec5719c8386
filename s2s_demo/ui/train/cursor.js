// All moments of a run, and the one that its pictures show: curves, movie and prefixes follow it without the server.
(() => {
  "use strict";
  let film = null, held = null; // held: the update shown; null: the latest
  const watchers = new Set();

  const moments = () => film?.prefixes[0]?.rows.map((row) => row.update) ?? [];
  // The last of the moments that is not after an update.
  const latest = (list, update) => list.findLast((moment) => moment.update <= update);
  const place = () => {
    const all = moments();
    const after = held === null ? -1 : all.findIndex((update) => update > held);
    return Math.max(0, (after < 0 ? all.length : after) - 1);
  };
  const nearest = (update) => moments().reduce((best, each) => (Math.abs(each - update) < Math.abs(best - update) ? each : best), Infinity);
  const tell = () => watchers.forEach((draw) => draw());

  const join = (list, more) => {
    const last = list?.at(-1)?.update ?? -1;
    if (list) list.push(...more.filter((moment) => moment.update > last));
  };
  const append = (old, fresh) => {
    fresh.probes.forEach((probe) => {
      const known = old.probes.find((known) => known.text === probe.text);
      probe.lanes.forEach((/** @type {MovieLane} */ lane, i) => join(known?.lanes[i]?.moments, lane.moments));
    });
    fresh.prefixes.forEach((block, i) => join(old.prefixes[i]?.rows, block.rows));
  };

  const reel = {
    watchers,
    latest,
    moments,
    place,
    nearest,
    get film() { return film; },
    get held() { return held; },
    get update() { return moments()[place()] ?? null; },
    get last() { return moments().at(-1) ?? null; },
    take: (/** @type {Movie | null} */ fresh) => {
      if (fresh && film?.key !== fresh.key) {
        if (!fresh.whole) return;
        held = null;
      }
      if (!fresh || fresh.whole) film = fresh; else append(film, fresh);
      tell();
    },
    hold: (update) => {
      if (update === held) return;
      held = update;
      tell();
    },
    step: (by) => {
      const all = moments();
      reel.hold(all[Math.max(0, Math.min(all.length - 1, place() + by))] ?? null);
    },
  };
  window.S2S.reel = reel;
})();
