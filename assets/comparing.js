// What Dash calls in the browser on the comparison screen, named for what the user did.
window.dash_clientside = window.dash_clientside || {};
(function (amazonia, dash) {
  "use strict";

  const none = () => dash.no_update;
  const nones = (n) => Array(n).fill(none());
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const listed = (index) => dash.callback_context.outputs_list[index];
  const inputs = (index) => dash.callback_context.inputs_list[index];

  // What is drawn now, to draw it anew when the window changes: graph id -> (width, height) -> figure.
  const drawings = new Map();

  const frame = (id) => document.querySelector(`#${id} .js-plotly-plot`);

  function room(id) {
    const box = document.getElementById(id).closest(".graph-room").getBoundingClientRect();
    return [Math.max(box.width, 200), Math.max(box.height, 120)];
  }

  function draw(id, make) {
    drawings.set(id, make);
    return make(room(id));
  }

  let waiting;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => drawings.forEach((make, id) => {
      const gd = frame(id);
      if (!gd) return;
      const { data, layout } = make(room(id));
      window.Plotly.react(gd, data, layout);
    }), 150);
  });

  function paint(view, cut) {
    const { map, series, paint: brush } = amazonia;
    const bounds = map.boundsFor(view, cut);
    Object.assign(brush.state, { chosen: new Set(), faults: new Set(), focus: "" });
    if (bounds) brush.colour(series.values(view), bounds, view.count);
    else brush.state.colours = new Map();
    return bounds;
  }

  // Plotly forgets the fill whenever it draws anew.
  function keepPainted(id) {
    const gd = frame(id);
    if (!gd || !gd.on || !gd._fullLayout) return void requestAnimationFrame(() => keepPainted(id));
    amazonia.paint.apply(gd);
    if (!gd.dataset.kept) gd.on("plotly_afterplot", () => amazonia.paint.apply(gd));
    gd.dataset.kept = "yes";
    document.getElementById(id).dataset.ready = "yes";
  }

  function mapsMaker(columns, view, scaleId) {
    return ([width, height]) => {
      const { figure, perKm } = amazonia.smallMaps.figure(columns, view, width, height);
      dash.set_props(scaleId, amazonia.smallMaps.scaleBar(perKm));
      return figure;
    };
  }

  const boxOf = (id) => document.getElementById(window.dash_component_api.stringifyId(id));

  // What stands in the box, where it speaks of this candidate: Dash hears of it a moment later.
  function noteOf(box, candidate, before) {
    const node = boxOf(box.id);
    return node && node.firstChild && node.dataset.of === candidate ? node.firstChild.value : (before || {}).note || "";
  }

  // Only what changed here is written: another tab judges other candidates.
  function keepJudgements(before, next) {
    const kept = { ...amazonia.keeping.recall("judgements") };
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
    amazonia.keeping.keep("judgements", kept);
  }

  dash.compare = {
    // On this screen the view comes with the address; one that is here already stays.
    look(asked, view) {
      return view ? none() : asked;
    },

    offer(drafts, compared, _proposals, value) {
      if (!drafts || !amazonia.facts) return nones(2);
      const { ids } = amazonia.compare.resolve(drafts, compared);
      return [amazonia.panel.options(drafts, [drafts.active, ...ids]), same(ids, value) ? none() : ids];
    },

    choose(value, drafts, compared) {
      const ids = value || [];
      if (!drafts || !amazonia.facts) return nones(3);
      const standing = amazonia.compare.resolve(drafts, compared);
      if (same(ids, standing.ids)) return [same(standing, compared) ? none() : standing, none(), none()];
      const most = amazonia.compare.LETTERS.length;
      const kept = { ids: ids.slice(0, most), chosen: true, inHand: drafts.active };
      if (ids.length <= most) return [kept, none(), []];
      const told = amazonia.html("P", { role: "alert" }, amazonia.say("compare.too_many", { most }));
      return [same(kept, compared) ? none() : kept, kept.ids, [told]];
    },

    // A link inside the application names the proposals to compare, once this page knows of them. The links
    // of the frame name what was chosen last, which another candidate in hand may join.
    async open(asked, drafts, compared) {
      const known = compared && compared.chosen ? compared : amazonia.facts && drafts && amazonia.compare.resolve(drafts, null);
      if (!asked || !known || same(asked, known.ids)) return none();
      if (!asked.every((id) => amazonia.drafts.find(drafts, id))) await amazonia.proposals.renew();
      const ids = asked.filter((id) => amazonia.drafts.find(drafts, id));
      return ids.length ? { ids, chosen: true, inHand: drafts.active } : none();
    },

    ask(drafts, view, compared, _proposals, before) {
      if (!drafts || !view || !compared || !amazonia.facts) return nones(2);
      const columns = amazonia.compare.columnsOf(drafts, compared);
      if (columns.length < amazonia.compare.FEWEST) return [none(), "compare columns-0"];
      const next = { columns, conflictPeriod: view.conflictPeriod, hazardPeriod: view.hazardPeriod, record: amazonia.proposals.print() };
      return [same(next, before) ? none() : next, `compare columns-${columns.length}`];
    },

    // ---- maps

    fills(view, known) {
      if (!view || !amazonia.facts) return nones(2);
      if (known && known.length) return [none(), view.fill];
      const { series, facts } = amazonia;
      const options = Object.entries(facts.series).map(([value, s]) => ({
        value, label: s.year ? `${series.label(value)} (${s.year})` : series.label(value),
      }));
      return [options, view.fill];
    },

    fill(fill, view) {
      return !fill || !view || fill === view.fill ? none() : { ...view, fill };
    },

    // The view whose class bounds the server has to work out; most were published.
    classes(asked, view) {
      if (!asked || !view || !amazonia.facts) return none();
      return amazonia.map.boundsFor(view, null) ? none() : { key: amazonia.map.cutKey(view), view };
    },

    maps(asked, view, cut, scale) {
      if (!asked || !view || !amazonia.facts) return nones(2);
      const { id } = listed(0);
      const bounds = paint(view, cut);
      const figure = draw(id, mapsMaker(asked.columns, view, scale));
      requestAnimationFrame(() => keepPainted(id));
      return [figure, amazonia.legend.classes(view, bounds)];
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
      amazonia.keeping.keep("weights", own);
      return own;
    },

    reset(clicks) {
      if (!clicks) return none();
      amazonia.keeping.keep("weights", {});
      return {};
    },

    showWeights(weights, criteria, rowsId) {
      const rows = document.getElementById(rowsId);
      const full = amazonia.compare.fullWeights(criteria, weights);
      rows.querySelectorAll("[data-weight-of]").forEach((node) => {
        const weight = full[node.dataset.weightOf];
        node.textContent = amazonia.number(weight, weight % 1 ? 1 : 0);
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
        const recorded = amazonia.judging.recorded(candidate)[id.criterion] || null;
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
      if (!asked) return cells.map(none);
      const at = (id) => {
        const column = asked.columns[id.column];
        return (column && amazonia.judging.of(judgements, column.id)[id.criterion]) || { score: null, note: "" };
      };
      dash.callback_context.states_list.at(-1).forEach(({ id }, n) => {
        const column = asked.columns[id.column];
        amazonia.boxes.show(boxOf(id), at(id).note, column ? column.id : "");
      });
      return cells.map(({ id }) => at(id).score || 0);
    },

    // What the server answered: tables as descriptions, drawn without Dash.
    show(answer, ...ids) {
      if (!answer) return none();
      ids.forEach((id) => amazonia.dom.render(document.getElementById(id), answer.shown[id]));
      return answer.refused ? "refused" : "shown";
    },

    score(asked, answer, weights, judgements, criteria, headsId, rowsId, pointHeadsId, resultId, spokenId) {
      if (!asked || !amazonia.facts) return none();
      const { compare, dom } = amazonia;
      const { columns } = asked;
      const node = (id) => document.getElementById(id);
      const values = answer && answer.values;
      if (!values || !same(values.ids, columns.map((c) => c.id))) {
        dom.render(node(headsId), compare.heads(columns, null));
        return none();
      }
      const found = compare.scored(asked, values, weights, judgements, criteria);
      dom.render(node(headsId), compare.heads(columns, found));
      dom.render(node(pointHeadsId), compare.pointHeads(columns));
      node(rowsId).querySelectorAll("[data-points-of]").forEach((cells) =>
        dom.render(cells, compare.pointCells(cells.dataset.pointsOf, columns, found)));
      dom.render(node(resultId), compare.result(columns, criteria, found));
      dom.render(node(spokenId), compare.spoken(columns, found));
      return draw(dash.callback_context.outputs_list.id, (size) => compare.plot(columns, criteria, found, size));
    },

    // What was worked out stands until candidates, weights or judgements are others.
    firm(answer, _asked, _weights, _judgements, answerId, boxId) {
      const box = document.getElementById(boxId);
      const answered = dash.callback_context.triggered_id === answerId;
      if (answered && answer) amazonia.dom.render(box, answer.shown);
      else if (box.childNodes.length) amazonia.dom.render(box, amazonia.html("P", { className: "stale" }, box.dataset.stale));
      return answered ? answer && answer.at : none();
    },

    // ---- taking it away

    async copy(clicks) {
      if (!clicks) return none();
      try {
        await navigator.clipboard.writeText(window.location.href);
        return amazonia.say("compare.copied");
      } catch (_) {
        return amazonia.say("compare.not_copied");
      }
    },

    print(clicks) {
      if (clicks) setTimeout(() => window.print(), 0);
      return none();
    },
  };
})(window.amazonia = window.amazonia || {}, window.dash_clientside);
