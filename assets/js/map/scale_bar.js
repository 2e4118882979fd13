// The scale bar of the map.
import * as Current from "./current.js";

const LENGTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const KM_PER_DEGREE = 111.195;

export function show(at) {
  const [x, y] = [at.width / 2, at.height / 2];
  const here = Current.frame()._fullLayout.geo._subplot.projection.invert([x, y]);
  if (!here) return;
  const wide = at.widthOf([here[0] - 0.5, here[1], here[0] + 0.5, here[1]]);
  const pxPerKm = wide / (KM_PER_DEGREE * Math.cos((here[1] * Math.PI) / 180));
  const km = LENGTHS.filter((l) => l * pxPerKm <= 120).pop() || LENGTHS[0];
  const bar = document.getElementById("map-scale");
  bar.style.width = `${km * pxPerKm}px`;
  bar.textContent = `${km} km`;
}
