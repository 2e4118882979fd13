// Small maps side by side, all at one scale: the same kilometres to a pixel.
(function (amazonia) {
  "use strict";

  const EARTH_KM = 6371;
  const GAP_PX = 8;
  // room around the districts, so that their surroundings are seen
  const FULL = 0.84;
  const STEPS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const LINE = { district: "#8a949e", province: "#4b5563", department: "#111827", own: "#0b5cab" };

  const middle = ([west, south, east, north]) => {
    const { mercator, inverse } = amazonia.geometry;
    return { lon: (west + east) / 2, lat: inverse((mercator(south) + mercator(north)) / 2) };
  };

  // Mercator stretches with latitude; a kilometre is brought back to the same pixels in every map.
  const stretch = ({ lat }) => 1 / Math.cos(amazonia.geometry.radians(lat));

  // Pixels a kilometre at which every box fits a frame of width x height.
  function commonScale(boxes, width, height) {
    const { mercator, radians } = amazonia.geometry;
    return Math.min(...boxes.map((box) => {
      const [west, south, east, north] = box;
      const k = stretch(middle(box));
      const wide = (radians(east - west) / k) * EARTH_KM;
      const high = ((mercator(north) - mercator(south)) / k) * EARTH_KM;
      return FULL * Math.min(width / Math.max(wide, 1), height / Math.max(high, 1));
    }));
  }

  // The box of longitudes and latitudes that a frame shows around a point.
  function frameBox(point, perKm, width, height) {
    const { mercator, inverse } = amazonia.geometry;
    const radiansPerPx = stretch(point) / (perKm * EARTH_KM);
    const half = ((width / 2) * radiansPerPx * 180) / Math.PI;
    const [y, rise] = [mercator(point.lat), (height / 2) * radiansPerPx];
    return [point.lon - half, inverse(y - rise), point.lon + half, inverse(y + rise)];
  }

  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  function near(box) {
    const { boxes } = amazonia.shapes;
    return amazonia.limits.features.filter((f) => f.geometry && boxes.has(f.id) && meets(boxes.get(f.id), box));
  }

  function hover(u, view, values) {
    const { place, series, number, facts } = amazonia;
    const about = series.about(view);
    const value = values[facts.index.get(u)];
    return `${place.label(u)}<br>${series.label(view.fill)}: ${number(value, about.decimals)} (${about.year})`;
  }

  function outlines(geo, lines, line) {
    return { type: "scattergeo", mode: "lines", geo, ...lines, line, hoverinfo: "skip", showlegend: false };
  }

  // Names of the districts that have room for theirs.
  function names(geo, ubigeos, perKm) {
    const { shapes, facts, place, geometry } = amazonia;
    const fits = ubigeos.filter((u) => {
      const box = shapes.boxes.get(u);
      const wide = box && (geometry.radians(box[2] - box[0]) / stretch(middle(box))) * EARTH_KM * perKm;
      return box && facts.anchors[facts.index.get(u)] && wide > place.district(u).length * 5.5;
    });
    const points = fits.map((u) => facts.anchors[facts.index.get(u)]);
    return {
      type: "scattergeo", mode: "text", geo, lon: points.map((p) => p[0]), lat: points.map((p) => p[1]),
      text: fits.map(place.district), textfont: { size: 11, color: "#111827" }, hoverinfo: "skip", showlegend: false,
    };
  }

  function traces(geo, column, box, view, values, perKm) {
    const { layers, geometry } = amazonia;
    const around = near(box);
    const fill = {
      type: "choropleth", geo, geojson: { type: "FeatureCollection", features: around },
      locations: around.map((f) => f.id), z: around.map(() => 1), showscale: false,
      colorscale: [[0, "#eceef0"], [1, "#eceef0"]], marker: { line: { color: LINE.district, width: 0.6 } },
      hoverinfo: "text", text: around.map((f) => hover(f.id, view, values)),
    };
    const own = geometry.outline(column.ubigeos);
    return [
      fill,
      outlines(geo, layers.borders("provinces"), { color: LINE.province, width: 1.1 }),
      outlines(geo, layers.borders("departments"), { color: LINE.department, width: 2 }),
      outlines(geo, own, { color: "#ffffff", width: 5.5 }),
      outlines(geo, own, { color: LINE.own, width: 3 }),
      names(geo, column.ubigeos, perKm),
    ];
  }

  function subplot(box, domain) {
    return {
      domain: { x: domain, y: [0, 1] }, visible: false, bgcolor: "#ffffff", fitbounds: false,
      projection: { type: "mercator", scale: 1 }, center: middle(box),
      lonaxis: { range: [box[0], box[2]] }, lataxis: { range: [box[1], box[3]] },
    };
  }

  function frames(columns, width) {
    const each = width / columns.length;
    return columns.map((_, n) => [(n * each + GAP_PX / 2) / width, ((n + 1) * each - GAP_PX / 2) / width]);
  }

  function edge([x0, x1], letter, empty) {
    const corner = {
      xref: "paper", yref: "paper", x: x0, y: 1, xanchor: "left", yanchor: "top", showarrow: false,
      text: letter, font: { size: 15, color: "#ffffff", weight: "bold" }, bgcolor: "#1f2933", borderpad: 4,
    };
    const nothing = {
      xref: "paper", yref: "paper", x: (x0 + x1) / 2, y: 0.5, showarrow: false,
      text: amazonia.say("compare.no_districts"), font: { size: 13, color: "#55606b" },
    };
    return {
      shape: { type: "rect", xref: "paper", yref: "paper", x0, x1, y0: 0, y1: 1, line: { color: "#8a949e", width: 1 } },
      annotations: empty ? [corner, nothing] : [corner],
    };
  }

  // {figure, perKm}: perKm null where no candidate has districts.
  function figure(columns, view, width, height) {
    const boxes = columns.map((c) => amazonia.geometry.bounds(c.ubigeos));
    const known = boxes.filter(Boolean);
    const each = width / columns.length - GAP_PX;
    const perKm = known.length ? commonScale(known, each, height) : null;
    const values = amazonia.series.values(view);
    const domains = frames(columns, width);
    const layout = {
      width, height, margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: "#ffffff", dragmode: false, showlegend: false,
      hovermode: "closest", shapes: [], annotations: [],
    };
    const data = [];
    columns.forEach((column, n) => {
      const side = edge(domains[n], amazonia.compare.LETTERS[n], !boxes[n]);
      layout.shapes.push(side.shape);
      layout.annotations.push(...side.annotations);
      if (!boxes[n]) return;
      const geo = n ? `geo${n + 1}` : "geo";
      const box = frameBox(middle(boxes[n]), perKm, each, height);
      layout[geo] = subplot(box, domains[n]);
      data.push(...traces(geo, column, box, view, values, perKm));
    });
    return { figure: { data, layout }, perKm };
  }

  // The longest round length that stays short on the page.
  function scaleBar(perKm) {
    if (!perKm) return { children: "", style: { display: "none" } };
    const km = STEPS_KM.filter((step) => step * perKm <= 120).at(-1) || STEPS_KM[0];
    return { children: `${amazonia.number(km)} km`, style: { width: `${km * perKm}px` } };
  }

  amazonia.smallMaps = { figure, scaleBar, commonScale, frameBox };
})(window.amazonia = window.amazonia || {});
