// The comparison in the browser: who is compared, small maps, judgements, weights, score and order.
(function (amazonia) {
  "use strict";

  const LETTERS = ["A", "B", "C", "D"];
  const FEWEST = 2;
  // shape and colour of each candidate: told apart without colour too
  const MARKS = [
    { symbol: "circle", colour: "#0b5cab", sign: "●" },
    { symbol: "square-open", colour: "#a14600", sign: "□" },
    { symbol: "diamond", colour: "#1a6b3c", sign: "◆" },
    { symbol: "triangle-up-open", colour: "#6b2c91", sign: "△" },
  ];
  const MOST_TURNS = 3;

  // ---- who is compared

  // What was chosen and is still there; else the one in hand beside what it would replace, or the next.
  function resolve(drafts, compared) {
    const { find } = amazonia.drafts;
    const active = find(drafts, drafts.active);
    if (compared && compared.chosen) return joinedBy(active, { ...compared, ids: compared.ids.filter((id) => find(drafts, id)) });
    const all = everyId(drafts);
    const first = active ? active.id : all[0];
    const rival = active && active.replaces ? amazonia.drafts.PROPOSAL + active.replaces : null;
    const next = all[(all.indexOf(first) + 1) % all.length];
    const second = rival && find(drafts, rival) ? rival : next;
    return { ids: [...new Set([first, second])].filter(Boolean), chosen: false };
  }

  // Another candidate taken in hand since the choice was made is what the group wants to compare: it comes first.
  function joinedBy(active, compared) {
    if (!active || !active.ubigeos.length || active.id === compared.inHand) return compared;
    const ids = compared.ids.includes(active.id) ? compared.ids : [active.id, ...compared.ids].slice(0, LETTERS.length);
    return { ...compared, ids, inHand: active.id };
  }

  function everyId(drafts) {
    const own = drafts.candidates.map((c) => c.id);
    return [...own, ...amazonia.proposals.listed().map((p) => amazonia.drafts.PROPOSAL + p.id)];
  }

  function columnsOf(drafts, compared) {
    return compared.ids.map((id) => amazonia.drafts.find(drafts, id)).filter(Boolean).map((c) => ({
      id: c.id, name: c.name, ubigeos: c.ubigeos, services: c.services, phase: c.phase, replaces: c.replaces || null,
    }));
  }

  // ---- scoring

  const fullWeights = (criteria, weights) =>
    Object.fromEntries(criteria.map((c) => [c.key, (weights || {})[c.key] ?? c.weight]));

  const scoreOf = (judgements, id, key) => (amazonia.judging.of(judgements, id)[key] || {}).score || null;

  function pointsWith(criteria, values, judgements, columns) {
    return Object.fromEntries(criteria.map((c) => [
      c.key,
      !c.judged ? values.points[c.key] : columns.map(({ id }) => {
        const given = scoreOf(judgements, id, c.key);
        return given === null ? null : amazonia.scores.pointsOf(c, given);
      }),
    ]));
  }

  function scored(asked, values, weights, judgements, criteria) {
    const full = fullWeights(criteria, weights);
    const points = pointsWith(criteria, values, judgements, asked.columns);
    const result = amazonia.scores.score(points, full, criteria.map((c) => c.key), asked.columns.length, (n) => asked.columns[n].ubigeos.length > 0);
    return {
      ...result, points, weights: full, places: amazonia.scores.ranks(result.totals),
      turns: amazonia.scores.turns(points, full, result, criteria[0].most),
    };
  }

  // ---- components

  const badge = (n) => amazonia.html("Span", { className: `letter letter-${n}` }, LETTERS[n]);
  const sign = (n) => amazonia.html("Span", { className: `mark mark-${n}`, "aria-hidden": "true" }, MARKS[n].sign);
  const place = (n) => amazonia.say("compare.place", { n });

  // A proposal by its state, where that is not what most are.
  function kindOf(id) {
    const kept = amazonia.proposals.find(id.slice(amazonia.drafts.PROPOSAL.length));
    return !kept || kept.state === "proposed" ? amazonia.say("compare.proposal") : amazonia.say(`state.${kept.state}`);
  }

  function heads(columns, found) {
    const { html, say, number } = amazonia;
    const count = (n) => say("districts", { n });
    return columns.map((c, n) => {
      const services = c.services.map((s) => say(`compare.service.${s}`)).join(", ") || say("compare.no_service");
      const kind = amazonia.drafts.isProposal(c.id) ? [kindOf(c.id)] : [];
      const about = [...kind, count(c.ubigeos.length), services, say("compare.phase", { n: c.phase })].join(" · ");
      const total = found && found.totals[n] !== null
        ? [html("B", {}, number(found.totals[n], 1)), html("Span", {}, `${place(found.places[n])}`)] : [];
      return html("Div", { className: "compare-cell compare-head" }, [
        badge(n),
        html("H3", { title: c.name }, c.name),
        html("Div", { className: "head-score", title: say("compare.score_help") }, total),
        html("P", { className: "muted" }, about),
      ]);
    });
  }

  function pointHeads(columns) {
    return columns.map((_, n) => amazonia.html("Span", { className: "point-cell" }, [sign(n), LETTERS[n]]));
  }

  function pointCells(key, columns, found) {
    const { html, number } = amazonia;
    const out = found.leftOut.includes(key);
    const written = (value) => (out && value !== null ? `(${number(value, 0)})` : number(value, 0));
    return columns.map((_, n) =>
      html("Span", { className: out ? "point-cell out" : "point-cell" }, written(found.points[key][n])));
  }

  // One lane a criterion: where each candidate stands from 0 to 100.
  function plot(columns, criteria, found, [width, height]) {
    const offset = (n) => (n / (columns.length - 1) - 0.5) * 0.5;
    const traces = columns.map((c, n) => {
      const used = criteria.map((item, row) => [item, row]).filter(([item]) => found.used.includes(item.key));
      return {
        type: "scatter", mode: "markers", name: `${LETTERS[n]} ${c.name}`, cliponaxis: false,
        x: used.map(([item]) => found.points[item.key][n]), y: used.map(([, row]) => row + offset(n)),
        marker: { symbol: MARKS[n].symbol, color: MARKS[n].colour, size: 11, line: { width: 2, color: MARKS[n].colour } },
        opacity: 1, hoverinfo: "text",
        text: used.map(([item]) => `${LETTERS[n]} ${c.name}<br>${item.name}: ${amazonia.number(found.points[item.key][n], 1)}`),
      };
    });
    const lanes = criteria.map((_, row) => ({
      type: "line", xref: "x", yref: "y", x0: 0, x1: 100, y0: row, y1: row, line: { color: "#e3e7eb", width: 1 }, layer: "below",
    }));
    return {
      data: traces,
      layout: {
        width, height, margin: { l: 10, r: 10, t: 0, b: 0 }, showlegend: false, dragmode: false, hovermode: "closest", shapes: lanes,
        paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
        xaxis: { range: [0, 100], tickvals: [0, 50, 100], showticklabels: false, gridcolor: "#c3cad1", zeroline: false, fixedrange: true },
        yaxis: { range: [criteria.length - 0.5, -0.5], visible: false, fixedrange: true },
      },
    };
  }

  function result(columns, criteria, found) {
    const { html, say } = amazonia;
    const title = html("H3", {}, say("compare.order"));
    const parts = found.totals.every((t) => t === null)
      ? [title, html("P", { className: "empty" }, say(found.used.length ? "compare.no_score" : "compare.none_used"))]
      : [title, orderList(columns, found), ...turnList(columns, criteria, found)];
    const isEmpty = (n) => !columns[n].ubigeos.length;
    const empty = columns.map((_, n) => n).filter(isEmpty).map((n) => LETTERS[n]);
    if (empty.length && empty.length < columns.length) parts.push(html("P", { className: "muted" }, say("compare.out_empty", { letters: amazonia.joined(empty) })));
    const named = (key) => criteria.find((c) => c.key === key);
    if (found.leftOut.length) {
      const items = found.leftOut.map((key) => {
        const lacking = amazonia.joined(columns.map((_, n) => n).filter((n) => found.points[key][n] === null && (!isEmpty(n) || empty.length === columns.length)).map((n) => LETTERS[n]));
        const why = say(named(key).judged ? "compare.out_judged" : "compare.out_unknown", { letters: lacking });
        return html("Li", {}, [html("B", {}, named(key).name), ` ${why}`]);
      });
      parts.push(html("H3", {}, say("compare.left_out")), html("Ul", { className: "left-out" }, items));
    }
    parts.push(html("P", { className: "muted" }, say("compare.formula", { n: found.used.length, all: criteria.length })));
    return parts;
  }

  function orderList(columns, found) {
    const { html, number } = amazonia;
    const rows = columns.map((_, n) => n).filter((n) => found.totals[n] !== null).sort((a, b) => found.places[a] - found.places[b] || a - b);
    return html("Ol", { className: "order" }, rows.map((n) => html("Li", {}, [
      html("Span", { className: "place" }, place(found.places[n])),
      badge(n),
      html("Span", { className: "order-name", title: columns[n].name }, columns[n].name),
      html("Span", { className: "order-bar", "aria-hidden": "true" }, html("Span", { style: { width: `${found.totals[n]}%` } }, "")),
      html("Span", { className: "order-score" }, number(found.totals[n], 1)),
    ])));
  }

  const spoken = (columns, found) => columns
    .map((c, n) => [found.places[n], `${place(found.places[n])} ${c.name}, ${amazonia.number(found.totals[n], 1)}`])
    .filter(([at]) => at !== null)
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join("; ");

  // Only weights that the sliders reach, the nearest first.
  function turnList(columns, criteria, found) {
    const { html, say, number } = amazonia;
    const heading = html("H3", {}, say("compare.turns"));
    if (found.places.filter((p) => p === 1).length > 1) return [heading, html("P", {}, say("compare.tied"))];
    const [{ most }] = criteria;
    const near = [...found.turns]
      .sort((a, b) => Math.abs(a.weight - found.weights[a.key]) - Math.abs(b.weight - found.weights[b.key]))
      .slice(0, MOST_TURNS);
    if (!near.length) return [heading, html("P", {}, say("compare.no_turn", { most }))];
    const first = LETTERS[found.places.indexOf(1)];
    const isHair = (t) => Math.abs(t.weight - found.weights[t.key]) < 0.01;
    const items = near.map((t) => html("Li", {}, say(isHair(t) ? "compare.turn_hair" : "compare.turn", {
      criterion: criteria.find((c) => c.key === t.key).name, weight: number(t.weight, 2),
      now: number(found.weights[t.key], found.weights[t.key] % 1 ? 1 : 0), other: LETTERS[t.overtakes], first,
    })));
    return [heading, html("Ul", { className: "turns" }, items)];
  }

  amazonia.compare = { LETTERS, MARKS, FEWEST, resolve, columnsOf, fullWeights, scored, heads, pointHeads, pointCells, plot, result, spoken };
})(window.amazonia = window.amazonia || {});
