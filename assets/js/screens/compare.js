// What Dash calls in the browser on the comparison screen, named for what the user did.
import * as Charts from "../core/charts.js";
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { facts, isReady } from "../core/facts.js";
import * as Store from "../core/storage.js";
import { token } from "../core/tokens.js";
import { joined, say } from "../core/words.js";
import * as Boxes from "../forms/boxes.js";
import * as Legend from "../map/legend.js";
import { ready } from "../map/published.js";
import * as Record from "../map/record.js";
import * as Scene from "../map/scene.js";
import * as SmallMaps from "../map/small_maps.js";
import * as Comparison from "../model/comparison.js";
import * as Drafts from "../model/drafts.js";
import * as Judgements from "../model/judgements.js";
import * as LanesFigure from "../model/lanes_figure.js";
import { number } from "../model/numbers.js";
import * as Proposals from "../model/proposals.js";
import * as Series from "../model/series.js";
import * as ComparisonView from "./comparison_view.js";
import * as Panel from "./panel.js";

const none = () => dash.no_update;
const nones = (n) => Array(n).fill(none());
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const inputs = (index) => dash.callback_context.inputs_list[index];

const boxOf = (id) => document.getElementById(window.dash_component_api.stringifyId(id));

// What stands in the box, where it speaks of this candidate: Dash hears of it a moment later.
function noteOf(box, candidate, before) {
  const node = boxOf(box.id);
  const line = node && /** @type {HTMLInputElement} */ (node.firstChild);
  return line && node.dataset.of === candidate ? line.value : (before || {}).note || "";
}

// Only what changed here is written: another tab judges other candidates.
function keepJudgements(before, next) {
  const kept = { ...Store.recall("judgements") };
  [...new Set([...Object.keys(before), ...Object.keys(next)])].filter((id) => !same(before[id], next[id])).forEach((id) => {
    const own = { ...kept[id] };
    const keys = new Set([...Object.keys(before[id] || {}), ...Object.keys(next[id] || {})]);
    keys.forEach((key) => {
      const [was, now] = [(before[id] || {})[key], (next[id] || {})[key]];
      if (same(was, now)) return;
      if (now) own[key] = now;
      else delete own[key];
    });
    if (Object.keys(own).length) kept[id] = own;
    else delete kept[id];
  });
  Store.keep("judgements", kept);
}

// Which buttons offer what already counts.
const markUsed = (judgements) => document.querySelectorAll("[data-use-group]").forEach((button) => {
  const { useGroup, scores, used, unused } = button.dataset;
  const counts = Judgements.counts(judgements, useGroup, JSON.parse(scores));
  button.setAttribute("aria-pressed", String(counts));
  button.textContent = counts ? used : unused;
});

// What a group judged in its meeting is taken as what is judged here.
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-use-group]");
  if (!(button instanceof HTMLElement)) return;
  const before = latest.judgements || {};
  const next = Judgements.using(before, button.dataset.useGroup, JSON.parse(button.dataset.scores));
  keepJudgements(before, next);
  dash.set_props("shell-judgements", { data: next });
});

// Only what counts is asked; how to ask for the rest is said.
function showAsked(left, criteria) {
  document.querySelectorAll("[data-judged-row]").forEach((row) => row.toggleAttribute("hidden", left.includes(row.dataset.judgedRow)));
  const note = document.querySelector(".unasked");
  if (!note) return;
  note.toggleAttribute("hidden", !left.length);
  note.textContent = left.length ? say("compare.unasked", { names: joined(left.map((key) => criteria.find((c) => c.key === key).name)), n: left.length }) : "";
}

const latest = { judgements: null };

dash.compare = {
  // On this screen the view comes with the address; one that is here already stays.
  look(asked, view) {
    return view ? none() : asked;
  },

  offer(drafts, compared, _proposals, value) {
    if (!drafts || !isReady()) return nones(2);
    const { ids } = Comparison.resolve(drafts, compared);
    return [Panel.options(drafts, [drafts.active, ...ids]), same(ids, value) ? none() : ids];
  },

  choose(value, drafts, compared) {
    const ids = value || [];
    if (!drafts || !isReady()) return nones(3);
    const standing = Comparison.resolve(drafts, compared);
    if (same(ids, standing.ids)) return [same(standing, compared) ? none() : standing, none(), none()];
    const most = Comparison.LETTERS.length;
    const kept = { ids: ids.slice(0, most), chosen: true, inHand: drafts.active };
    if (ids.length <= most) return [kept, none(), []];
    const told = html("P", { role: "alert" }, say("compare.too_many", { most }));
    return [same(kept, compared) ? none() : kept, kept.ids, [told]];
  },

  // A link inside the application names the proposals to compare, once this page knows of them. The links
  // of the frame name what was chosen last, which another candidate in hand may join.
  async open(asked, drafts, compared) {
    const known = compared && compared.chosen ? compared : isReady() && drafts && Comparison.resolve(drafts, null);
    if (!asked || !known || same(asked, known.ids)) return none();
    if (!asked.every((id) => Drafts.find(drafts, id))) await Record.renew();
    const ids = asked.filter((id) => Drafts.find(drafts, id));
    return ids.length ? { ids, chosen: true, inHand: drafts.active } : none();
  },

  ask(drafts, view, compared, _proposals, before) {
    if (!drafts || !view || !compared || !isReady()) return nones(2);
    const columns = Comparison.columnsOf(drafts, compared);
    if (columns.length < Comparison.FEWEST) return [none(), "compare columns-0"];
    const next = { columns, conflictPeriod: view.conflictPeriod, hazardPeriod: view.hazardPeriod, anchors: view.anchors, record: Proposals.print() };
    return [same(next, before) ? none() : next, `compare columns-${columns.length}`];
  },

  // ---- maps

  // The view may be known before the facts are: nothing would ask again for what there is to choose.
  async fills(view, known) {
    if (!view) return nones(2);
    await ready();
    if (known && known.length) return [none(), view.fill];
    const options = Object.entries(facts.series).map(([value, s]) => ({
      value, label: s.year ? `${Series.label(value)} (${s.year})` : Series.label(value),
    }));
    return [options, view.fill];
  },

  fill(fill, view) {
    return !fill || !view || fill === view.fill ? none() : { ...view, fill };
  },

  // The view whose class bounds the server has to work out; most were published.
  classes(asked, view) {
    if (!asked || !view || !isReady()) return none();
    return Scene.boundsFor(view, null) ? none() : { key: Scene.cutKey(view), view };
  },

  maps(asked, view, cut, id, scale) {
    if (!asked || !view || !isReady()) return none();
    const bounds = Scene.boundsFor(view, cut);
    const host = document.getElementById(id);
    SmallMaps.draw(host, asked.columns, bounds ? Scene.coloursOf(view, bounds) : new Map(), (perKm) => dash.set_props(scale, SmallMaps.scaleBar(perKm)));
    host.dataset.ready = "yes";
    return Legend.classes(view, bounds);
  },

  // ---- weights and judgements

  weigh(values, criteria, before) {
    const ids = inputs(0).map(({ id }) => id.criterion);
    if (!ids.length) return none(); // the screen was left
    const own = {};
    ids.forEach((key, n) => {
      const weight = Number(values[n]);
      if (weight !== criteria.find((c) => c.key === key).weight) own[key] = weight;
    });
    if (same(own, before || {})) return none();
    Store.keep("weights", own);
    return own;
  },

  reset(clicks) {
    if (!clicks) return none();
    Store.keep("weights", {});
    return {};
  },

  showWeights(weights, criteria, rowsId) {
    const rows = document.getElementById(rowsId);
    const full = Comparison.fullWeights(criteria, weights);
    rows.querySelectorAll("[data-weight-of]").forEach((node) => {
      const weight = full[node.dataset.weightOf];
      node.textContent = number(weight, weight % 1 ? 1 : 0);
    });
    return dash.callback_context.outputs_list.map(({ id }) => full[id.criterion]);
  },

  judge(scores, _notes, compared, before) {
    if (!compared) return none();
    const next = structuredClone(before || {});
    inputs(0).forEach(({ id }, n) => {
      const candidate = compared.ids[id.column];
      if (!candidate) return;
      const own = (next[candidate] = next[candidate] || {});
      const given = { score: scores[n] || null, note: noteOf(inputs(1)[n], candidate, own[id.criterion]) };
      const recorded = Judgements.recorded(candidate)[id.criterion] || null;
      if (given.score !== recorded || given.note) own[id.criterion] = given;
      else delete own[id.criterion];
      if (!Object.keys(own).length) delete next[candidate];
    });
    if (same(next, before || {})) return none();
    keepJudgements(before || {}, next);
    return next;
  },

  showJudgements(asked, judgements) {
    const cells = dash.callback_context.outputs_list;
    latest.judgements = judgements;
    markUsed(judgements);
    if (!asked) return cells.map(none);
    const at = (id) => {
      const column = asked.columns[id.column];
      return (column && Judgements.of(judgements, column.id)[id.criterion]) || { score: null, note: "" };
    };
    dash.callback_context.states_list.at(-1).forEach(({ id }, n) => {
      const column = asked.columns[id.column];
      Boxes.show(boxOf(id), at(id).note, column ? column.id : "");
    });
    return cells.map(({ id }) => at(id).score || 0);
  },

  // What the server answered: tables as descriptions, drawn without Dash.
  show(answer, ...ids) {
    if (!answer) return none();
    ids.forEach((id) => Dom.render(document.getElementById(id), answer.shown[id]));
    markUsed(latest.judgements);
    return answer.refused ? "refused" : "shown";
  },

  score(asked, answer, weights, judgements, criteria, headsId, rowsId, pointHeadsId, resultId, spokenId) {
    if (!asked || !isReady()) return none();
    const { columns } = asked;
    showAsked(Comparison.unasked(criteria, weights, judgements, columns), criteria);
    const node = (id) => document.getElementById(id);
    const values = answer && answer.values;
    if (!values || !same(values.ids, columns.map((c) => c.id))) {
      Dom.render(node(headsId), ComparisonView.heads(columns, null));
      return none();
    }
    const found = Comparison.scored(asked, values, weights, judgements, criteria);
    Dom.render(node(headsId), ComparisonView.heads(columns, found));
    Dom.render(node(pointHeadsId), ComparisonView.pointHeads(columns));
    node(rowsId).querySelectorAll("[data-points-of]").forEach((cells) =>
      Dom.render(cells, ComparisonView.pointCells(cells.dataset.pointsOf, columns, found)));
    Dom.render(node(resultId), ComparisonView.result(columns, criteria, found));
    Dom.render(node(spokenId), ComparisonView.spoken(columns, found));
    const lanes = node(dash.callback_context.outputs_list.id);
    Charts.draw(lanes, say("compare.lanes"), () => LanesFigure.lanes(columns, criteria, found, token));
    Charts.beforePaper(lanes);
    return none();
  },

  // What was worked out stands until candidates, weights or judgements are others.
  firm(answer, _asked, _weights, _judgements, answerId, boxId) {
    const box = document.getElementById(boxId);
    const answered = dash.callback_context.triggered_id === answerId;
    if (answered && answer) Dom.render(box, answer.shown);
    else if (box.childNodes.length) Dom.render(box, html("P", { className: "stale" }, box.dataset.stale));
    return answered ? answer && answer.at : none();
  },

  // ---- taking it away

  async copy(clicks) {
    if (!clicks) return none();
    try {
      await navigator.clipboard.writeText(window.location.href);
      return say("compare.copied");
    } catch (_) {
      return say("compare.not_copied");
    }
  },

  // With what would be drawn only once it is in sight.
  async print(clicks) {
    if (!clicks) return none();
    await Charts.all();
    setTimeout(() => window.print(), 0);
    return none();
  },
};
