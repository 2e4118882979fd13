// Lay published figures and limits out for reading: index, neighbours, shapes.
import { facts, limits, shapes } from "../core/facts.js";
import * as Geometry from "./geometry.js";

/** @param {Facts} published @param {Limits} outlines */
export function fillFacts(published, outlines) {
  const index = new Map(published.ubigeos.map((u, i) => [u, i]));
  Object.assign(facts, published, { neighbours: neighbourSets(published), index });
  Object.assign(limits, outlines);
  Object.assign(shapes, Geometry.shapesOf(outlines));
}

/** @param {Facts} facts @returns {Map<Ubigeo, Set<Ubigeo>>} */
function neighbourSets(facts) {
  const sets = new Map(facts.ubigeos.map((u) => [u, new Set()]));
  facts.borders.forEach(([i, j]) => {
    const [a, b] = [facts.ubigeos[i], facts.ubigeos[j]];
    sets.get(a)?.add(b);
    sets.get(b)?.add(a);
  });
  return sets;
}
