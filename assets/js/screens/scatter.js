// The trade-off of two criteria in its place on the screen that proposes.
import * as Charts from "../core/charts.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import * as FrontierFigure from "../model/frontier_figure.js";

// Returns {point(row|null), pick(row|null)}; `act` is told what the reader points at and picks.
export function draw(box, { pool, rows, criteria, x, y, nameOf, act }) {
  const of = { pool, rows, criteria, x, y, nameOf, colour: token };
  const { known, front } = FrontierFigure.found(of);
  const nameOfCriterion = (key) => criteria.find((c) => c.key === key).name;
  if (!known.length) {
    Charts.clear(box);
    return { point: () => undefined, pick: () => undefined };
  }
  const label = say("propose.scatter", { x: nameOfCriterion(x), y: nameOfCriterion(y), n: known.length, front: front.length });
  const shown = { picked: null, pointed: null };
  const show = (what) => {
    Object.assign(shown, what);
    Charts.mark(box, FrontierFigure.highlights(of, shown.picked, shown.pointed));
  };
  const figure = FrontierFigure.frontier(of);
  Charts.draw(box, label, () => figure, { point: act.point, pick: (row) => row !== null && act.pick(row) });
  return { point: (pointed) => show({ pointed }), pick: (picked) => show({ picked }) };
}
