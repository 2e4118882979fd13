// A small map of one place: districts by the chosen fill, and the candidates picked and pointed at as outlines.
(function (amazonia) {
  "use strict";

  const SHARE = 0.92;

  function projection(box, width, height) {
    const { mercator, radians } = amazonia.geometry;
    const [west, south, east, north] = box;
    const [x0, x1, y0, y1] = [radians(west), radians(east), mercator(south), mercator(north)];
    const k = SHARE * Math.min(width / Math.max(x1 - x0, 1e-4), height / Math.max(y1 - y0, 1e-4));
    const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
    const round = (n) => Math.round(n * 10) / 10;
    return ([lon, lat]) => [round(width / 2 + k * (radians(lon) - cx)), round(height / 2 - k * (mercator(lat) - cy))];
  }

  const rings = (geometry) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat());

  const area = (geometry, at) => rings(geometry).map((ring) => `M${ring.map((p) => at(p).join(" ")).join("L")}Z`).join("");

  function line(ubigeos, at) {
    const { lon, lat } = amazonia.geometry.outline(ubigeos);
    const parts = [[]];
    lon.forEach((x, i) => (x === null ? parts.push([]) : parts.at(-1).push(at([x, lat[i]]).join(" "))));
    return parts.filter((part) => part.length > 1).map((part) => `M${part.join("L")}`).join("");
  }

  // What of the limits comes into sight: a district's box, projected, meets the frame.
  function inSight(at, width, height) {
    const { boxes } = amazonia.shapes;
    return amazonia.limits.features.filter(({ id, geometry }) => {
      if (!geometry || !boxes.has(id)) return false;
      const [west, south, east, north] = boxes.get(id);
      const [[x0, y1], [x1, y0]] = [at([west, south]), at([east, north])];
      return x0 < width && x1 > 0 && y0 < height && y1 > 0;
    });
  }

  function names(svg, ubigeos, at) {
    const { facts, place, shapes } = amazonia;
    ubigeos.forEach((u) => {
      const box = shapes.boxes.get(u);
      const anchor = facts.anchors[facts.index.get(u)];
      if (!box || !anchor) return;
      const wide = at([box[2], box[1]])[0] - at([box[0], box[1]])[0];
      const name = place.district(u);
      if (wide < name.length * 5.2) return;
      const [x, y] = at(anchor);
      svg.append(amazonia.svg.node("text", { x, y, "text-anchor": "middle" }, name));
    });
  }

  // Returns {point(ubigeos|null), pick(ubigeos|null)}.
  function draw(box, { place, view, bounds, act }) {
    const { svg: tools, facts, geometry, paint, series } = amazonia;
    const own = facts.ubigeos.filter((u) => u.startsWith(place));
    const about = series.about(view);
    const { svg, width, height } = tools.canvas(box, amazonia.say("propose.map", { fill: series.label(view.fill), year: about.year }));
    const at = projection(geometry.bounds(own), width, height);
    const [values, colours] = [series.values(view), bounds ? paint.classColours(view.count, bounds.length) : []];
    inSight(at, width, height).forEach((feature) => {
      const value = values[facts.index.get(feature.id)];
      const n = bounds ? paint.classOf(value, bounds) : -1;
      const path = tools.node("path", {
        d: area(feature.geometry, at), fill: n >= 0 ? colours[n] : "url(#no-data)",
        class: feature.id.startsWith(place) ? "own-district" : "around", "data-u": feature.id,
      });
      path.append(tools.node("title", {}, `${amazonia.place.label(feature.id)}: ${amazonia.number(value, about.decimals)}`));
      svg.append(path);
    });
    const provinces = Object.keys(facts.provinces).filter((code) => code.slice(0, 2) === place.slice(0, 2));
    svg.append(tools.node("path", { class: "province-line", d: provinces.map((code) => line(facts.ubigeos.filter((u) => u.startsWith(code)), at)).join("") }));
    const outlines = ["picked-casing", "picked-line", "pointed-line"].map((name) => tools.node("path", { class: name, d: "" }));
    svg.append(...outlines);
    names(svg, own, at);
    listen(svg, place, act);
    const put = (paths) => (ubigeos) => paths.forEach((path) => path.setAttribute("d", ubigeos ? line(ubigeos, at) : ""));
    return { pick: put(outlines.slice(0, 2)), point: put(outlines.slice(2)) };
  }

  function listen(svg, place, act) {
    const district = (event) => {
      const { u } = event.target.dataset || {};
      return u && u.startsWith(place) ? u : null;
    };
    svg.addEventListener("pointermove", (event) => act.pointDistrict(district(event)));
    svg.addEventListener("pointerleave", () => act.pointDistrict(null));
    svg.addEventListener("click", (event) => district(event) && act.pickDistrict(district(event)));
  }

  amazonia.placeMap = { draw };
})(window.amazonia = window.amazonia || {});
