// Maps for the back of the room: the districts of a proposal large and named, its separate parts apart, and what lies
// around. Drawn from the limits that the page has; nothing is sent for them.
(function (amazonia) {
  "use strict";

  const ROOM = 0.86; // how much of the frame the districts may take
  const INSIDE_STEPS = 14;
  const AROUND = { angles: 16, radii: [1.2, 2, 3, 4.2] };
  const LINE_HEIGHT = 1.12;
  const LONG = 13; // letters of a name that is written on two lines

  const make = (...told) => amazonia.svg.node(...told);
  const holds = (rings, [x, y]) => amazonia.geometry.holds(rings, x, y);

  const middle = ([west, south, east, north]) => {
    const { mercator, inverse } = amazonia.geometry;
    return { lon: (west + east) / 2, lat: inverse((mercator(south) + mercator(north)) / 2) };
  };

  // ---- from degrees to pixels

  function projection(box, width, height) {
    const { mercator } = amazonia.geometry;
    const [west, south, east, north] = [box[0], mercator(box[1]), box[2], mercator(box[3])];
    const { round } = Math;
    return ([lon, lat]) => [
      round(((lon - west) / (east - west)) * width * 10) / 10,
      round(((north - mercator(lat)) / (north - south)) * height * 10) / 10,
    ];
  }

  const near = (box) => amazonia.limits.features.filter(({ id, geometry }) => {
    const own = geometry && amazonia.shapes.boxes.get(id);
    return own && own[0] < box[2] && box[0] < own[2] && own[1] < box[3] && box[1] < own[3];
  });

  const pathOf = (rings) => rings.map((ring) => `M${ring.map((p) => p.join(" ")).join("L")}Z`).join("");

  // The border of a group of districts, as one path.
  function borderOf(ubigeos, project) {
    const { lon, lat } = amazonia.geometry.outline(ubigeos);
    let path = "";
    lon.forEach((x, i) => {
      if (x === null) return;
      path += `${i === 0 || lon[i - 1] === null ? "M" : "L"}${project([x, lat[i]]).join(" ")}`;
    });
    return path;
  }

  // ---- names

  const pen = () => (pen.context = pen.context || document.createElement("canvas").getContext("2d"));

  // A long name is broken where its halves are most alike.
  function linesOf(name) {
    const words = name.split(" ");
    if (name.length <= LONG || words.length < 2) return [name];
    const breaks = words.slice(1).map((_, i) => [words.slice(0, i + 1).join(" "), words.slice(i + 1).join(" ")]);
    const longest = (pair) => Math.max(...pair.map((text) => text.length));
    return breaks.reduce((best, pair) => (longest(pair) < longest(best) ? pair : best));
  }

  function sizeOf(lines, size, weight) {
    pen().font = `${weight} ${size}px system-ui, sans-serif`;
    return [Math.max(...lines.map((text) => pen().measureText(text).width)) + 6, lines.length * size * LINE_HEIGHT];
  }

  const rectAt = ([x, y], [w, h]) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
  const corners = ([l, t, r, b]) => [[l, t], [r, t], [l, b], [r, b], [(l + r) / 2, t], [(l + r) / 2, b], [l, (t + b) / 2], [r, (t + b) / 2]];
  const overlap = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const within = ([l, t, r, b], [w, h]) => l >= 2 && t >= 2 && r <= w - 2 && b <= h - 2;

  function boxOf(points) {
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  function* spotsInside(rings, frame) {
    const box = boxOf(rings.flat());
    const [l, t, r, b] = [Math.max(box[0], 0), Math.max(box[1], 0), Math.min(box[2], frame[0]), Math.min(box[3], frame[1])];
    for (let i = 1; i < INSIDE_STEPS; i++) {
      for (let j = 1; j < INSIDE_STEPS; j++) {
        const spot = [l + ((r - l) * i) / INSIDE_STEPS, t + ((b - t) * j) / INSIDE_STEPS];
        if (holds(rings, spot)) yield spot;
      }
    }
  }

  function* spotsAround([x, y], [w, h]) {
    for (const radius of AROUND.radii) {
      for (let i = 0; i < AROUND.angles; i++) {
        const angle = (2 * Math.PI * i) / AROUND.angles;
        yield [x + (w / 2 + radius * h) * Math.cos(angle), y + radius * h * Math.sin(angle)];
      }
    }
  }

  // Where a name stands best: inside its own district, else beside it, on no other name and on no other district of
  // the proposal where that can be.
  function placed(district, size, taken, others, frame) {
    const cost = (spot) => {
      const rect = rectAt(spot, size);
      if (!within(rect, frame)) return Infinity;
      const outside = corners(rect).filter((corner) => !holds(district.rings, corner)).length;
      const onOthers = others.filter((other) => corners(rect).some((corner) => holds(other.rings, corner))).length;
      const onNames = taken.reduce((sum, other) => sum + overlap(rect, other), 0);
      const far = Math.hypot(spot[0] - district.anchor[0], spot[1] - district.anchor[1]);
      return onNames * 50 + onOthers * 45 + outside * 12 + far * 0.35;
    };
    let best = { spot: district.anchor, cost: Infinity };
    for (const spot of [district.anchor, ...spotsInside(district.rings, frame), ...spotsAround(district.anchor, size)]) {
      const own = cost(spot);
      if (own < best.cost) best = { spot, cost: own };
    }
    return best.spot;
  }

  function written(lines, [x, y], size, kind) {
    const text = make("text", { class: `name ${kind}`, x, y, "font-size": size, "text-anchor": "middle" });
    const top = y - ((lines.length - 1) * size * LINE_HEIGHT) / 2 + size * 0.35;
    lines.forEach((line, i) => text.append(make("tspan", { x, y: top + i * size * LINE_HEIGHT }, line)));
    return text;
  }

  // ---- what a map is made of

  function districtsIn(map, box, project) {
    const parts = map.parts.map((part) => new Set(part));
    const provinces = new Set(map.parts.flat().map((u) => u.slice(0, 4)));
    const kindOf = (u) => {
      const part = parts.findIndex((own) => own.has(u));
      if (part >= 0) return part === 0 ? "own" : "cut";
      return map.joins.includes(u) ? "join" : provinces.has(u.slice(0, 4)) ? "province" : "outside";
    };
    return near(box).map(({ id, geometry }) => ({
      u: id, kind: kindOf(id), rings: amazonia.geometry.ringsOf(geometry).map((ring) => ring.map(project)),
      anchor: project(amazonia.facts.anchors[amazonia.facts.index.get(id)]),
    }));
  }

  // The nearest places of two parts that do not touch.
  function gap(one, other) {
    let best = null;
    for (const p of one) {
      for (const q of other) {
        const away = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2;
        if (!best || away < best.away) best = { away, p, q };
      }
    }
    return best;
  }

  // From each further part to the nearest of those before it: a broken line with a cross.
  function gaps(map, districts) {
    const points = map.parts.map((part) => districts.filter((d) => part.includes(d.u)).flatMap((d) => d.rings.flat()));
    return points.slice(1).flatMap((own, i) => {
      const found = points.slice(0, i + 1).map((before) => gap(own, before)).filter(Boolean);
      return found.length ? [found.reduce((best, one) => (one.away < best.away ? one : best))] : [];
    });
  }

  function cross({ p, q }, size) {
    const [x, y, r] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, size * 0.42];
    const group = make("g", { class: "gap" });
    group.append(
      make("path", { class: "gap-line", d: `M${p.join(" ")}L${q.join(" ")}` }),
      make("circle", { cx: x, cy: y, r: r * 1.9 }),
      make("path", { class: "gap-cross", d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}` }),
    );
    return { group, rect: rectAt([x, y], [r * 4, r * 4]) };
  }

  function hatch(id) {
    const pattern = make("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(make("rect", { class: "hatch-ground", width: 9, height: 9 }), make("rect", { class: "hatch-line", width: 3, height: 9 }));
    const defs = make("defs", {});
    defs.append(pattern);
    return defs;
  }

  function borders(districts, project, digits) {
    const groups = new Map();
    districts.forEach(({ u }) => groups.set(u.slice(0, digits), [...(groups.get(u.slice(0, digits)) || []), u]));
    return [...groups.values()].map((group) => borderOf(group, project)).join("");
  }

  function names(map, districts, frame, size, taken) {
    const own = districts.filter((d) => d.kind === "own" || d.kind === "cut");
    const made = [];
    const area = (d) => { const [l, t, r, b] = boxOf(d.rings.flat()); return (r - l) * (b - t); };
    [...own].sort((a, b) => area(a) - area(b)).forEach((district) => {
      const lines = linesOf(amazonia.place.district(district.u));
      const room = sizeOf(lines, size, 700);
      const spot = placed(district, room, taken, own.filter((d) => d !== district), frame);
      taken.push(rectAt(spot, room));
      if (!holds(district.rings, spot)) {
        made.push(make("path", { class: "leader", d: `M${spot.join(" ")}L${district.anchor.join(" ")}` }));
        made.push(make("circle", { class: "leader-end", cx: district.anchor[0], cy: district.anchor[1], r: 4 }));
      }
      made.push(written(lines, spot, size, district.kind));
    });
    return [...made, ...lesser(map, districts, frame, size, taken)];
  }

  // Names around, smaller, where there is room for them inside their district.
  function lesser(map, districts, frame, size, taken) {
    const order = ["join", "province", "outside"];
    return districts.filter((d) => order.includes(d.kind)).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).flatMap((district) => {
      const own = district.kind === "join" ? size * 0.9 : size * 0.66;
      const lines = linesOf(amazonia.place.district(district.u));
      const room = sizeOf(lines, own, 500);
      const fits = (spot) => {
        const rect = rectAt(spot, room);
        const loose = corners(rect).filter((corner) => !holds(district.rings, corner)).length;
        return within(rect, frame) && !taken.some((other) => overlap(rect, other)) && loose <= (district.kind === "join" ? 6 : 0);
      };
      const spot = [district.anchor, ...spotsInside(district.rings, frame)].find(fits);
      if (!spot) return [];
      taken.push(rectAt(spot, room));
      return [written(lines, spot, own, district.kind)];
    });
  }

  // ---- one map

  const read = (room) => ({
    room,
    parts: room.dataset.parts.split("|").filter(Boolean).map((part) => part.split(".")),
    joins: room.dataset.joins.split(".").filter(Boolean),
    together: room.dataset.together,
  });

  const extent = (map) => amazonia.geometry.bounds(map.parts.flat());
  const frameOf = ({ room }) => [room.clientWidth, room.clientHeight];

  const scaleOf = (maps) => {
    const [widths, heights] = [maps.map((m) => frameOf(m)[0]), maps.map((m) => frameOf(m)[1])];
    return amazonia.smallMaps.commonScale(maps.map(extent), ROOM * Math.min(...widths), ROOM * Math.min(...heights));
  };

  function draw(map, perKm) {
    const frame = frameOf(map);
    const [width, height] = frame;
    const size = parseFloat(window.getComputedStyle(map.room).fontSize);
    const box = amazonia.smallMaps.frameBox(middle(extent(map)), perKm, width, height);
    const project = projection(box, width, height);
    const districts = districtsIn(map, box, project);
    const pattern = `hatch-${map.parts.flat()[0]}-${map.together}`;
    const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": map.room.dataset.label });
    const crosses = gaps(map, districts).map((one) => cross(one, size));
    const taken = [...taboo(map), ...crosses.map((one) => one.rect)];
    svg.append(
      hatch(pattern),
      ...districts.map((d) => make("path", { class: `district ${d.kind}`, d: pathOf(d.rings), ...(d.kind === "cut" ? { fill: `url(#${pattern})` } : {}) })),
      make("path", { class: "border province-border", d: borders(districts, project, 4) }),
      make("path", { class: "border department-border", d: borders(districts, project, 2) }),
      ...map.parts.map((part, n) => make("path", { class: `border part-border ${n ? "cut" : "own"}`, d: borderOf(part, project) })),
      ...crosses.map((one) => one.group),
      ...names(map, districts, frame, size, taken),
    );
    map.room.replaceChildren(svg);
    scaleBar(map.room, perKm);
  }

  // The corner where the badge stands.
  function taboo(map) {
    const badge = map.room.parentElement.querySelector(".present-badge");
    if (!badge) return [];
    const [own, at] = [map.room.getBoundingClientRect(), badge.getBoundingClientRect()];
    return [[at.left - own.left, at.top - own.top, at.right - own.left, at.bottom - own.top]];
  }

  function scaleBar(room, perKm) {
    const bar = room.parentElement.querySelector(".present-scale-bar");
    const { children, style } = amazonia.smallMaps.scaleBar(perKm);
    bar.textContent = children;
    Object.assign(bar.style, style);
  }

  // Maps that are together have one scale.
  function drawAll(root) {
    const maps = [...root.querySelectorAll(".present-map")].map(read).filter((map) => map.parts.length && frameOf(map)[0] > 0);
    const scales = new Map();
    maps.forEach((map) => {
      const key = map.together || map;
      if (!scales.has(key)) scales.set(key, scaleOf(maps.filter((other) => (other.together || other) === key)));
      draw(map, scales.get(key));
    });
  }

  amazonia.presentMap = { drawAll };
})(window.amazonia = window.amazonia || {});
