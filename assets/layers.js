// What each overlay draws for a view: coordinates, words and sizes for its traces, by trace name.
// Styles come with the published map template; nothing here draws.
(function (amazonia) {
  "use strict";

  // plotly draws no path at all for a trace without points, so no line could be put on it
  const EMPTY = { lon: [null], lat: [null] };
  const facts = () => amazonia.facts;
  const outline = (ubigeos) => amazonia.geometry.outline(ubigeos);
  const join = (lines) => amazonia.geometry.join(lines);
  const { later } = amazonia;

  const byPrefix = (length) => {
    const groups = new Map();
    for (const u of facts().ubigeos) {
      const code = u.slice(0, length);
      groups.set(code, [...(groups.get(code) || []), u]);
    }
    return groups;
  };
  const provinceGroups = later(() => byPrefix(4));
  const departmentGroups = later(() => byPrefix(2));
  const provinceLines = later(() => join([...provinceGroups().values()].map((g) => outline(g))));
  const departmentLines = later(() => join([...departmentGroups().values()].map((g) => outline(g))));

  const point = (u) => facts().anchors[facts().index.get(u)];
  const capital = (i) => [facts().lon[i], facts().lat[i]];

  function spread(points, rest) {
    return { lon: points.map((p) => p[0]), lat: points.map((p) => p[1]), ...rest };
  }

  function middle(ubigeos) {
    const box = amazonia.geometry.bounds(ubigeos);
    return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : [null, null];
  }

  // Where the label of a group may stand: in any of its districts, those nearest to its middle first.
  function labelPoints(ubigeos) {
    const [x, y] = middle(ubigeos);
    const away = (p) => (p[0] - x) ** 2 + (p[1] - y) ** 2;
    return ubigeos.map(point).filter(Boolean).sort((a, b) => away(a) - away(b));
  }

  const labelPoint = (ubigeos) => labelPoints(ubigeos)[0] || [null, null];

  const inDepartment = (view, code) => !view.department || code.startsWith(view.department);

  // ---- one function an overlay: (view, drafts) -> {trace name: update}

  function provinces() {
    return { "provinces.casing": provinceLines(), "provinces.lines": provinceLines() };
  }

  function departments() {
    return { "departments.lines": departmentLines() };
  }

  function capitals(view) {
    const shown = facts().ubigeos.map((u, i) => i).filter((i) => inDepartment(view, facts().ubigeos[i]));
    const seat = (i) => facts().ubigeos[i].endsWith("01");
    return {
      "capitals.points": spread(shown.map(capital), {
        "marker.size": shown.map((i) => (seat(i) ? 7 : 4)),
        customdata: shown.map((i) => ({ u: facts().ubigeos[i] })),
      }),
    };
  }

  const withMembers = () => facts().mancomunidades.filter((m) => m.members.length);
  const p20Groups = () => facts().p20.map((code) => provinceGroups().get(code) || []);

  // Their labels are set among the other names.
  const mancomunidades = () => ({ "mancomunidades.lines": join(withMembers().map((m) => outline(m.members))) });
  const p20 = () => ({ "p20.lines": join(p20Groups().map((g) => outline(g))) });

  const LOOKS = ["proposed", "reviewed", "validated"];

  function clusters() {
    const updates = {};
    const all = amazonia.proposals.listed();
    for (const state of LOOKS) {
      const own = all.filter((p) => p.look === state);
      const lines = join(own.map((p) => outline(p.ubigeos)));
      updates[`clusters.${state}.casing`] = lines;
      updates[`clusters.${state}`] = lines;
    }
    updates["clusters.names"] = spread(all.map((p) => labelPoint(p.ubigeos)), {
      text: all.map((p) => `${p.number}`),
      customdata: all.map((p) => ({ p: p.id })),
    });
    return updates;
  }

  const RISK_MAX_PX = 34;

  function risk(view) {
    const counts = amazonia.series.emergencies(view.hazardPeriod, view.hazard);
    const top = Math.max(...counts, 1);
    const hit = counts.map((n, i) => [n, i])
      .filter(([n, i]) => n > 0 && inDepartment(view, facts().ubigeos[i]));
    const declared = new Set(facts().declarations
      .filter(([, kind, year]) => year >= view.hazardPeriod[0] && year <= view.hazardPeriod[1]
        && (!view.hazard || kind === view.hazard))
      .map(([i]) => i)
      .filter((i) => inDepartment(view, facts().ubigeos[i])));
    return {
      "risk.circles": spread(hit.map(([, i]) => capital(i)), {
        // area, not radius, stands for the count
        "marker.size": hit.map(([n]) => Math.max(4, RISK_MAX_PX * Math.sqrt(n / top))),
        customdata: hit.map(([n, i]) => ({ u: facts().ubigeos[i], risk: n })),
      }),
      "risk.declared": spread([...declared].map(capital), {
        customdata: [...declared].map((i) => ({ u: facts().ubigeos[i] })),
      }),
      top,
    };
  }

  const ACTIVE = "activo";

  // One mark for each place, type and standing (active or not), with the number of its cases.
  function conflictMarks(view) {
    const marks = new Map();
    for (const c of amazonia.series.conflicts(view.conflictPeriod)) {
      if (!inDepartment(view, c.place)) continue;
      const active = c.state === ACTIVE;
      const key = c.level === "district" ? `${c.place}/${c.type}/${active}` : c.place;
      const mark = marks.get(key) || { place: c.place, level: c.level, type: c.type, active, cases: [] };
      mark.cases.push(c);
      marks.set(key, mark);
    }
    return [...marks.values()];
  }

  const MARK_STEP = 15;

  // Marks of one place stand side by side above its capital, at a distance in pixels.
  function conflicts(view, _, screen) {
    const marks = conflictMarks(view);
    const exact = marks.filter((m) => m.level === "district");
    const byPlace = new Map();
    exact.forEach((m) => byPlace.set(m.place, [...(byPlace.get(m.place) || []), m]));
    const points = exact.map((m) => {
      const row = byPlace.get(m.place);
      const i = facts().index.get(m.place);
      const shift = MARK_STEP * (row.indexOf(m) - (row.length - 1) / 2);
      return screen ? screen.shift(capital(i), shift, -9) : capital(i);
    });
    const broad = marks.filter((m) => m.level !== "district");
    const codes = new Map([...provinceGroups(), ...departmentGroups()]);
    return {
      "conflicts.points": spread(points, {
        "marker.symbol": exact.map((m) => facts().conflictSymbols[m.type] + (m.active ? "" : "-open")),
        text: exact.map((m) => (m.cases.length > 1 ? `${m.cases.length}` : "")),
        customdata: exact.map((m) => ({ u: m.place, cases: m.cases.map((c) => c.id) })),
      }),
      "conflicts.broad": spread(broad.map((m) => {
        const at = labelPoint(codes.get(m.place) || []);
        return screen ? screen.shift(at, 0, m.level === "province" ? 20 : -24) : at;
      }), {
        "marker.symbol": broad.map((m) => (m.level === "province" ? "square" : "octagon")),
        "marker.size": broad.map((m) => (m.level === "province" ? 17 : 22)),
        text: broad.map((m) => `${m.cases.length}`),
        customdata: broad.map((m) => ({ place: m.place, cases: m.cases.map((c) => c.id) })),
      }),
    };
  }

  const OVERLAYS = { provinces, departments, capitals, mancomunidades, p20, clusters, risk, conflicts };

  // Outlines of what is being drawn or judged; always on.
  function drawing(drafts) {
    const shown = amazonia.drafts.shown(drafts);
    const others = drafts.candidates.filter((c) => c.ubigeos.length && c.id !== drafts.active);
    const line = shown && shown.ubigeos.length ? outline(shown.ubigeos) : EMPTY;
    return {
      "drafts.lines": others.length ? join(others.map((c) => outline(c.ubigeos))) : EMPTY,
      "drafts.names": spread(others.map((c) => labelPoint(c.ubigeos)), { text: others.map((c) => c.name) }),
      "candidate.casing": line,
      "candidate.lines": line,
      "fault.casing": EMPTY,
      "fault.lines": EMPTY,
    };
  }

  // Labels that do not overlap: most important first, each kept only where it finds room.
  function names(view, drafts, screen) {
    const wanted = [];
    const add = (kind, text, p, size, weight) => p && p[0] !== null && wanted.push({ kind, text, p, size, weight });
    if (view.overlays.includes("departments") && !view.department) {
      departmentGroups().forEach((g, code) => add("departments.names", facts().departments[code].name.toUpperCase(), labelPoint(g), 13, 1e6));
    }
    if (view.overlays.includes("provinces")) {
      provinceGroups().forEach((g, code) => inDepartment(view, code)
        && screen.widthOf(amazonia.geometry.bounds(g)) > 40
        && add("provinces.names", facts().provinces[code].name, labelPoint(g), 11, 1e4 + screen.widthOf(amazonia.geometry.bounds(g))));
    }
    // the tag of an association is what its legend refers to: it may move but not go
    const tag = (kind, text, ubigeos) => {
      const spots = labelPoints(ubigeos);
      if (spots.length) wanted.push({ kind, text, p: spots[0], spots, size: 12, weight: 1e7 });
    };
    if (view.overlays.includes("p20")) p20Groups().forEach((g) => tag("p20.names", "P20", g));
    if (view.overlays.includes("mancomunidades")) {
      withMembers().forEach((m) => tag("mancomunidades.names", `M${m.number}`, m.members));
    }
    const shown = amazonia.drafts.shown(drafts);
    const chosen = new Set(shown ? shown.ubigeos : []);
    facts().ubigeos.forEach((u, i) => {
      if (!inDepartment(view, u)) return;
      const box = amazonia.shapes.boxes.get(u);
      if (!box) return;
      const name = facts().names[i];
      const room = screen.widthOf(box);
      if (chosen.has(u) ? room < 14 : room < name.length * 5.2) return;
      add("districts.names", name, point(u), 10, (chosen.has(u) ? 1e5 : 0) + room);
    });
    return place(wanted, screen, marked(view, screen));
  }

  const around = ([x, y], half) => [x - half, y - half, x + half, y + half];

  // Badges and marks stand where they must; names make room for them.
  function marked(view, screen) {
    const boxes = [];
    if (view.overlays.includes("clusters")) {
      amazonia.proposals.listed().forEach((p) => boxes.push(around(screen.pixel(labelPoint(p.ubigeos)), 11)));
    }
    if (view.overlays.includes("conflicts")) {
      const { "conflicts.points": exact, "conflicts.broad": broad } = conflicts(view, null, screen);
      [[exact, 8], [broad, 11]].forEach(([marks, half]) =>
        marks.lon.forEach((lon, i) => boxes.push(around(screen.pixel([lon, marks.lat[i]]), half))));
    }
    return boxes;
  }

  function place(wanted, screen, taken) {
    const kept = Object.fromEntries(NAMED.map((kind) => [kind, []]));
    const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
    wanted.sort((a, b) => b.weight - a.weight);
    for (const label of wanted) {
      const inSight = (label.spots || [label.p]).filter((p) => within(boxOf(label, p, screen), screen));
      const p = inSight.find((spot) => free(boxOf(label, spot, screen))) || (label.spots && inSight[0]);
      if (!p) continue;
      taken.push(boxOf(label, p, screen));
      kept[label.kind].push({ ...label, p });
    }
    return Object.fromEntries(Object.entries(kept).map(([name, labels]) =>
      [name, spread(labels.map((l) => l.p), { text: labels.map((l) => l.text) })]));
  }

  const NAMED = ["departments.names", "provinces.names", "districts.names", "p20.names", "mancomunidades.names"];
  const within = (box, screen) => box[2] >= 0 && box[3] >= 0 && box[0] <= screen.width && box[1] <= screen.height;

  function boxOf({ text, size }, p, screen) {
    const [x, y] = screen.pixel(p);
    const half = (text.length * size * 0.56) / 2 + 2;
    return [x - half, y - size * 0.7, x + half, y + size * 0.7];
  }

  amazonia.layers = { OVERLAYS, EMPTY, drawing, names, conflictMarks, labelPoint, provinceGroups, departmentGroups };
})(window.amazonia = window.amazonia || {});
