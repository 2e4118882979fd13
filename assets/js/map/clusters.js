// Clusters on a map with less switched on, as every map shows them: outlined by their state, numbered by what they go by.
import { facts } from "../core/facts.js";
import { later } from "../core/later.js";
import { token } from "../core/tokens.js";
import * as Proposals from "../model/proposals.js";
import * as Drawing from "./drawing.js";
import * as Plain from "./plain.js";

const SIZE = 18; // pixels across a disc

const lines = later(() => Object.values(facts.overlays).flatMap(({ parts }) => parts).filter((part) => part.kind === "outlines" && part.look));
/** The look of one that is in no record: a drawing until it is kept. */
const UNKEPT = "plan";
const layer = (look) => `clusters.${look}`;

/** The lines of every look by the name of their layer, those of the record as on the map. */
export const looks = () => ({
  [layer(UNKEPT)]: facts.drawing["drafts.lines"],
  ...Object.fromEntries(lines().map((part) => [layer(part.look), part.style])),
});

/** The look of one line. @param {string} look "" for one that stands apart from the record's */
export const lookOf = (look) => looks()[layer(look || UNKEPT)];

/** By which look one is outlined: that of its state in the record. @param {Identity} identity */
export function lookFor({ id }) {
  const kept = id && Proposals.find(id);
  return (kept && kept.look) || UNKEPT;
}

/** Outline clusters. @param {any} map @param {{ look: string, ubigeos: Ubigeo[] }[]} clusters */
export function outline(map, clusters) {
  for (const look of [UNKEPT, ...lines().map((part) => part.look)]) {
    Plain.outline(map, layer(look), clusters.filter((each) => each.look === look).map(({ ubigeos }) => ubigeos));
  }
}

const INKS = {
  record: { fill: "map-ink", stroke: "map-casing", colour: "map-casing" },
  apart: { fill: "map-casing", stroke: "map-ink", colour: "map-ink" },
  plan: { fill: "map-casing", stroke: "accent", colour: "accent-deep" },
};

/** The sign that one goes by, in a disc or in another shape. @param {Pick<Identity, "sign" | "kind">} identity */
export function disc({ sign, kind }, { symbol = "circle", size = SIZE, text = sign } = {}) {
  const { fill, stroke, colour } = INKS[kind] || INKS.plan;
  return Drawing.symbol({ symbol, size, fill: token(fill), stroke: token(stroke), width: 1.8, casing: kind === "record" ? 0 : 1.5, text, colour: token(colour), halo: false });
}
