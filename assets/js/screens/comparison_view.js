// How a comparison is shown: heads, points, lanes, the order and what it hangs on.
import { disc } from "../core/disc.js";
import { html } from "../core/dom.js";
import { joined, say } from "../core/words.js";
import * as Comparison from "../model/comparison.js";
import * as Drafts from "../model/drafts.js";
import * as Identity from "../model/identity.js";
import { MARKS } from "../model/lanes_figure.js";
import { number } from "../model/numbers.js";
import * as Proposals from "../model/proposals.js";

const MOST_TURNS = 3;

// ---- components

const badge = (n) => html("Span", { className: `letter letter-${n}` }, Comparison.LETTERS[n]);
// The column, and by what goes what stands in it.
const signs = (column, n) => html("Span", { className: "compare-signs" }, [badge(n), disc(Identity.ofCandidate(column))]);
const sign = (n) => html("Span", { className: `mark mark-${n}`, "aria-hidden": "true" }, MARKS[n].sign);
const titled = (column) => Identity.title(Identity.ofCandidate(column));
const place = (n) => say("compare.place", { n });

// A proposal by its state, where that is not what most are.
function kindOf(id) {
  const kept = Proposals.find(id.slice(Drafts.PROPOSAL.length));
  return !kept || kept.state === "proposed" ? say("compare.proposal") : say(`state.${kept.state}`);
}

export function heads(columns, found) {
  const count = (n) => say("districts", { n });
  return columns.map((c, n) => {
    const services = c.services.map((s) => say(`compare.service.${s}`)).join(", ") || say("compare.no_service");
    const kind = Drafts.isProposal(c.id) ? [kindOf(c.id)] : [];
    const about = [...kind, count(c.ubigeos.length), services, say("compare.phase", { n: c.phase })].join(" · ");
    const total = found && found.totals[n] !== null
      ? [html("B", {}, number(found.totals[n], 1)), html("Span", {}, `${place(found.places[n])}`)] : [];
    return html("Div", { className: "compare-cell compare-head" }, [
      signs(c, n),
      html("H3", { title: c.name }, c.name),
      html("Div", { className: "head-score", title: say("compare.score_help") }, total),
      html("P", { className: "muted" }, about),
    ]);
  });
}

export function pointHeads(columns) {
  return columns.map((_, n) => html("Span", { className: "point-cell" }, [sign(n), Comparison.LETTERS[n]]));
}

export function pointCells(key, columns, found) {
  const out = found.leftOut.includes(key);
  const written = (value) => (out && value !== null ? `(${number(value, 0)})` : number(value, 0));
  return columns.map((_, n) =>
    html("Span", { className: out ? "point-cell out" : "point-cell" }, written(found.points[key][n])));
}

export function result(columns, criteria, found) {
  const title = html("H3", {}, say("compare.order"));
  const parts = found.totals.every((t) => t === null)
    ? [title, html("P", { className: "empty" }, say(found.used.length ? "compare.no_score" : "compare.none_used"))]
    : [title, orderList(columns, found), ...turnList(columns, criteria, found)];
  const isEmpty = (n) => !columns[n].ubigeos.length;
  const empty = columns.map((_, n) => n).filter(isEmpty).map((n) => Comparison.LETTERS[n]);
  if (empty.length && empty.length < columns.length) parts.push(html("P", { className: "muted" }, say("compare.out_empty", { letters: joined(empty) })));
  const named = (key) => criteria.find((c) => c.key === key);
  // what is judged and weighs nothing is not asked, and nobody misses it
  const missed = found.leftOut.filter((key) => !named(key).judged || found.weights[key] > 0);
  if (missed.length) {
    const items = missed.map((key) => {
      const lacking = joined(columns.map((_, n) => n).filter((n) => found.points[key][n] === null && (!isEmpty(n) || empty.length === columns.length)).map((n) => Comparison.LETTERS[n]));
      const why = say(named(key).judged ? "compare.out_judged" : "compare.out_unknown", { letters: lacking });
      return html("Li", {}, [html("B", {}, named(key).name), ` ${why}`]);
    });
    parts.push(html("H3", {}, say("compare.left_out")), html("Ul", { className: "left-out" }, items));
  }
  parts.push(html("P", { className: "muted" }, say("compare.formula", { n: found.used.length, all: criteria.length })));
  return parts;
}

function orderList(columns, found) {
  const rows = columns.map((_, n) => n).filter((n) => found.totals[n] !== null).sort((a, b) => found.places[a] - found.places[b] || a - b);
  return html("Ol", { className: "order" }, rows.map((n) => html("Li", {}, [
    html("Span", { className: "place" }, place(found.places[n])),
    signs(columns[n], n),
    html("Span", { className: "order-name", title: columns[n].name }, columns[n].name),
    html("Span", { className: "order-bar", "aria-hidden": "true" }, html("Span", { style: { width: `${found.totals[n]}%` } }, "")),
    html("Span", { className: "order-score" }, number(found.totals[n], 1)),
  ])));
}

export const spoken = (columns, found) => columns
  .map((c, n) => [found.places[n], `${place(found.places[n])} ${titled(c)}, ${number(found.totals[n], 1)}`])
  .filter(([at]) => at !== null)
  .sort(([a], [b]) => a - b)
  .map(([, text]) => text)
  .join("; ");

// Only weights that the sliders reach, the nearest first.
function turnList(columns, criteria, found) {
  const heading = html("H3", {}, say("compare.turns"));
  if (found.places.filter((p) => p === 1).length > 1) return [heading, html("P", {}, say("compare.tied"))];
  const [{ most }] = criteria;
  const near = [...found.turns]
    .sort((a, b) => Math.abs(a.weight - found.weights[a.key]) - Math.abs(b.weight - found.weights[b.key]))
    .slice(0, MOST_TURNS);
  if (!near.length) return [heading, html("P", {}, say("compare.no_turn", { most }))];
  const first = Comparison.LETTERS[found.places.indexOf(1)];
  const isHair = (t) => Math.abs(t.weight - found.weights[t.key]) < 0.01;
  const items = near.map((t) => html("Li", {}, say(isHair(t) ? "compare.turn_hair" : "compare.turn", {
    criterion: criteria.find((c) => c.key === t.key).name, weight: number(t.weight, 2),
    now: number(found.weights[t.key], found.weights[t.key] % 1 ? 1 : 0), other: Comparison.LETTERS[t.overtakes], first,
  })));
  return [heading, html("Ul", { className: "turns" }, items)];
}
