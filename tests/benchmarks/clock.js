// Times one action of a user inside the page: from the input event to one frame after what it was meant to change.
(function () {
  "use strict";

  const PATHS = ".choroplethlayer path.choroplethlocation";

  // A frame that starts after another has ended holds what was there before: the picture has been drawn.
  const oneFrameLater = (then) =>
    requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));

  const plot = (graph) => document.querySelector(`${graph} .js-plotly-plot`);

  const appearance = (graph) =>
    [...document.querySelectorAll(`${graph} ${PATHS}`)]
      .map((p) => `${p.getAttribute("class")}|${p.style.cssText}`)
      .join("\n");

  // Each returns a function that stops watching, and calls `seen` when the change is there.
  const WATCHERS = {
    // districts that look otherwise than when the watch began
    appearance(graph, seen) {
      const before = appearance(graph);
      const observer = new MutationObserver(() => {
        if (appearance(graph) !== before) seen();
      });
      observer.observe(document.querySelector(graph), {
        subtree: true, childList: true, attributes: true, attributeFilter: ["class", "style"],
      });
      return () => observer.disconnect();
    },
    // a line over the districts runs otherwise, or plotly has drawn all lines anew
    outline(graph, seen) {
      const lines = () => [...document.querySelectorAll(`${graph} .scatterlayer path.js-line`)].map((p) => p.getAttribute("d")).join();
      const before = lines();
      const observer = new MutationObserver(() => {
        if (lines() !== before) seen();
      });
      observer.observe(document.querySelector(graph), { subtree: true, childList: true, attributes: true, attributeFilter: ["d"] });
      return () => observer.disconnect();
    },
    // plotly says that it has drawn
    plot(graph, seen) {
      const gd = plot(graph);
      gd.on("plotly_afterplot", seen);
      return () => gd.removeListener("plotly_afterplot", seen);
    },
    // the panel of rules and measures holds other content
    panel(_, seen) {
      const observer = new MutationObserver(seen);
      const options = { subtree: true, childList: true, characterData: true };
      document.querySelectorAll("#map-verdicts, #map-measures").forEach((box) => observer.observe(box, options));
      return () => observer.disconnect();
    },
  };

  let run = null;

  // Listens from the start of the document, so that it hears an event before whoever answers it.
  for (const type of ["pointerup", "keydown"]) {
    window.addEventListener(type, (event) => {
      if (run && run.type === type && run.start === null) run.start = event.timeStamp;
    }, true);
  }

  // watched: {name: watcher}; the clock starts with the next event of this type.
  function arm(start, graph, watched) {
    if (run) run.stops.forEach((stop) => stop());
    const mine = { type: start, start: null, times: {}, stops: [], wanted: Object.keys(watched) };
    run = mine;
    for (const [name, watcher] of Object.entries(watched)) {
      let done = false;
      const stop = WATCHERS[watcher](graph, () => {
        if (done || mine.start === null) return;
        done = true;
        oneFrameLater((now) => { mine.times[name] = now - mine.start; });
      });
      mine.stops.push(stop);
    }
  }

  const finished = () => run.wanted.every((name) => name in run.times);

  // ---- the first picture

  const first = { usable: null, paths: 0 };

  const READY = {
    // the application says so itself, and every district has its colour
    ours(graph) {
      if (!performance.getEntriesByName("map-usable").length) return false;
      const paths = [...document.querySelectorAll(`${graph} ${PATHS}`)];
      first.paths = paths.length;
      return paths.length > 0 && paths.every((p) => p.style.fill);
    },
    plain(graph) {
      const gd = plot(graph);
      if (gd && gd.on && !gd.watchedByClock) {
        gd.watchedByClock = true;
        gd.on("plotly_afterplot", () => { gd.drawnMap = Boolean(gd._fullLayout.map); });
      }
      return Boolean(gd && gd.drawnMap);
    },
  };

  function awaitFirst(way, graph) {
    if (READY[way](graph)) oneFrameLater((now) => { first.usable = now; });
    else requestAnimationFrame(() => awaitFirst(way, graph));
  }

  let quiet = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) quiet = Math.max(quiet, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });

  window.benchClock = {
    arm, finished, awaitFirst, first,
    result: () => ({ times: run.times, started: run.start !== null }),
    quietAt: () => quiet,
  };
})();
