// Which districts touch a group.
import { facts } from "../core/facts.js";

/** @param {Ubigeo} u @returns {Iterable<Ubigeo>} */
const around = (u) => facts.neighbours.get(u) || [];

/** The districts that touch a group and are none of it. @param {Ubigeo[]} ubigeos @returns {Ubigeo[]} */
export const beside = (ubigeos) => [...new Set(ubigeos.flatMap((u) => [...around(u)]))].filter((u) => !ubigeos.includes(u)).sort();
