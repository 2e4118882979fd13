// What stands with the weights of a screen: which values give 0 and 100 points, and what each weight does among the
// candidates that the server packed. Propose, Compare and Plan have it, by one form (`dashboard/pages/kit/weighing.py`).
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Comparison from "../model/comparison.js";
import * as Feasible from "../model/feasible.js";
import * as EffectsView from "./effects_view.js";

const none = () => dash.no_update;
const nones = (n) => Array(n).fill(none());
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The candidates at hand as they came and unpacked, and their weights.
const now = { source: null, pool: null, weights: null };
let unbalanced = null; // weights before they were solved for
let solved = null;

// What is asked of weights that were solved for is what those before them asked for.
const asked = () => (solved && same(solved.weights, now.weights) ? solved.before : now.weights);

const kept = (weights) => {
  Store.keep("weights", weights);
  return weights;
};

// How firm each of those looked at is whatever the weights, and its place beside those of its size.
function firmOf({ own }) {
  const scored = Feasible.score(now.pool, now.weights);
  return (own || []).map(({ name, row, why }) => html("P", { className: "picked-firm" }, [
    html("B", {}, name), " ", row === null ? why : EffectsView.firmness(now.pool, scored, row).sentences.join(" "),
  ]));
}

// Where the candidates are not there at once, they are asked for when somebody opens what is said of them.
document.addEventListener("toggle", ({ target }) => {
  if (target instanceof HTMLDetailsElement && target.open && target.dataset.asks) dash.set_props(target.dataset.asks, { data: true });
}, true);

dash.weighing = {
  show(found, weights, criteria, effectsId, saidId) {
    const [effects, said] = [effectsId, saidId].map((id) => document.getElementById(id));
    if (!found || !found.values) {
      Dom.render(effects, found && found.nothing && found.place === undefined ? html("P", { className: "muted" }, found.nothing) : []);
      Dom.render(said, []);
      Object.assign(now, { source: null, pool: null });
      return none();
    }
    const nameOf = (key) => criteria.find((c) => c.key === key).name;
    if (now.source !== found) Object.assign(now, { source: found, pool: Feasible.unpack(found, criteria) });
    now.weights = Comparison.fullWeights(criteria, weights);
    const among = (found.among || []).map((text) => html("P", { className: "muted" }, text));
    Dom.render(effects, [...among, ...EffectsView.table(now.pool, now.weights, nameOf, asked()), ...firmOf(found)]);
    Dom.render(said, html("Ul", {}, found.anchored.map(({ key, text }) => html("Li", {}, [html("B", {}, `${nameOf(key)}. `), text]))));
    return none();
  },

  // Weights that do what is asked of them; and back to those before.
  balance(balanceClicks, backClicks, weights, criteria, backId) {
    if (!balanceClicks && !backClicks) return nones(3);
    if (dash.callback_context.triggered_id === backId) return [kept(unbalanced || {}), "", true];
    const found = now.pool && EffectsView.balanced(now.pool, asked(), criteria);
    if (!found) return [none(), say("effects.none"), none()];
    solved = { before: asked(), weights: found.weights };
    unbalanced = weights || {};
    const own = Object.fromEntries(criteria.filter((c) => !c.judged && found.weights[c.key] !== c.weight).map((c) => [c.key, found.weights[c.key]]));
    const idle = found.idle.map((key) => criteria.find((c) => c.key === key).name).join(", ");
    return [kept(own), [say("effects.done"), ...(idle ? [say("effects.idle", { names: idle })] : [])].join(" "), false];
  },

  choose(anchors, view) {
    return !anchors || !view || anchors === view.anchors ? none() : { ...view, anchors };
  },

  chosen(view) {
    return view ? view.anchors : none();
  },
};
