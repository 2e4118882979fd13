// Times one action of a user inside the page: from the input event to one frame after what it was meant to change.
(function () {
  "use strict";

  const DISTRICTS = "path.district[data-u]";

  // A frame that starts after another has ended holds what was there before: the picture has been drawn.
  const oneFrameLater = (then) =>
    requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));

  const plot = (graph) => document.querySelector(`${graph} .js-plotly-plot`);

  const all = (selector, tell) => [...document.querySelectorAll(selector)].map(tell).join("\n");

  // Calls `seen` once what `look` tells of a part of the page is other than when the watch began.
  function other(graph, attributes, look, seen) {
    const before = look();
    const observer = new MutationObserver(() => look() !== before && seen());
    observer.observe(document.querySelector(graph), { subtree: true, childList: true, attributes: true, attributeFilter: attributes });
    return () => observer.disconnect();
  }

  // Each returns a function that stops watching, and calls `seen` when the change is there.
  const WATCHERS = {
    // a district has another colour
    fills: (graph, seen) => other(graph, ["fill"], () => all(`${graph} ${DISTRICTS}`, (path) => path.getAttribute("fill")), seen),
    // other districts are marked as those of the candidate, in colour too
    marks(graph, seen) {
      const look = () => all(`${graph} ${DISTRICTS}.in-candidate`, (path) => `${path.dataset.u} ${path.getAttribute("fill")}`);
      return other(graph, ["class", "fill"], look, seen);
    },
    // the line around the candidate runs otherwise
    outline(graph, seen) {
      return other(graph, ["d"], () => all(`${graph} g[data-layer="candidate.lines"] path`, (path) => path.getAttribute("d")), seen);
    },
    // an overlay holds other lines or marks
    overlay(graph, seen, key) {
      return other(graph, ["d"], () => all(`${graph} g[data-overlay="${key}"]`, (layer) => layer.innerHTML), seen);
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
  // about: the overlay that is watched, where one is.
  function arm(start, graph, watched, about) {
    if (run) run.stops.forEach((stop) => stop());
    const mine = { type: start, start: null, times: {}, stops: [], wanted: Object.keys(watched) };
    run = mine;
    for (const [name, watcher] of Object.entries(watched)) {
      let done = false;
      const stop = WATCHERS[watcher](graph, () => {
        if (done || mine.start === null) return;
        done = true;
        oneFrameLater((now) => { mine.times[name] = now - mine.start; });
      }, about);
      mine.stops.push(stop);
    }
  }

  const finished = () => run.wanted.every((name) => name in run.times);

  // ---- the first picture

  const first = { usable: null, framed: null };

  const READY = {
    // the application says so itself, and the districts are in sight with their colours; before, all have one
    ours() {
      if (!performance.getEntriesByName("map-usable").length) return false;
      const paths = [...document.querySelectorAll(DISTRICTS)];
      const fills = paths.map((path) => path.getAttribute("fill"));
      return fills.every(Boolean) && new Set(fills).size > 1 && paths[0].getClientRects().length > 0;
    },
    plain(graph) {
      const gd = plot(graph);
      if (gd && gd.on && !gd.watchedByClock) {
        gd.watchedByClock = true;
        gd.on("plotly_afterplot", () => { gd.drawnMap = Boolean(gd._fullLayout.map || gd._fullLayout.geo); });
      }
      return Boolean(gd && gd.drawnMap);
    },
  };

  // A heading that says so and lies on the page; no frame comes before the styles that it waits for.
  const isHeaded = (title) =>
    [...document.querySelectorAll("h1, b")].some((node) => node.textContent === title && node.getClientRects().length);

  function look(when, name) {
    if (when()) oneFrameLater((now) => { first[name] = now; });
    else requestAnimationFrame(() => look(when, name));
  }

  // way: ours or plain; title: what the head of the page says as soon as it is there
  function awaitFirst(way, graph, title) {
    look(() => READY[way](graph), "usable");
    look(() => isHeaded(title), "framed");
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
