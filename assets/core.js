// What every browser-side function shares: the published facts, words and components.
window.amazonia = window.amazonia || {};
(function (amazonia) {
  "use strict";

  // Plotly wants a world map behind every geo frame and would fetch it; ours shows none.
  window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } } };

  // Should Dash look for plotly.js before ours has run, it is told of the same file.
  Object.defineProperty(window, "_dashPlotlyJSURL", {
    get: () => document.getElementById("plotly-script").src,
    set: () => undefined,
  });

  const later = (make) => {
    let made;
    return () => (made = made || make());
  };

  const address = (name) => document.getElementById(`published-${name}`).href;

  async function fetchJson(name) {
    const answer = await fetch(address(name));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  }

  // Facts and limits arrive once a page; everything later reads them from here.
  const ready = later(async () => {
    const [facts, limits] = await Promise.all([fetchJson("facts"), fetchJson("limits")]);
    facts.index = new Map(facts.ubigeos.map((u, i) => [u, i]));
    facts.neighbours = neighbourSets(facts);
    amazonia.facts = facts;
    amazonia.limits = limits;
    amazonia.shapes = amazonia.geometry.shapes(limits);
    return amazonia;
  });

  function neighbourSets(facts) {
    const sets = new Map(facts.ubigeos.map((u) => [u, new Set()]));
    facts.borders.forEach(([i, j]) => {
      const [a, b] = [facts.ubigeos[i], facts.ubigeos[j]];
      sets.get(a).add(b);
      sets.get(b).add(a);
    });
    return sets;
  }

  const language = () => document.documentElement.lang || "es";

  const words = later(() => JSON.parse(document.getElementById("browser-texts").textContent));

  function say(key, fields) {
    const sentence = words()[key];
    return sentence === undefined ? `[${key}]` : filled(sentence, fields);
  }

  function filled(sentence, fields) {
    // {n} is the field itself, {n:distrito|distritos} the word that agrees with it
    return sentence.replace(/\{(\w+)(?::([^{}|]*)\|([^{}]*))?\}/g, (_, name, one, many) => {
      const value = (fields || {})[name] ?? "";
      return many === undefined ? value : `${value}` === "1" ? one : many;
    });
  }

  // Names with "y" before the last, "e" where that is how it sounds: `joined` of dashboard.clusters.writing.wording.
  const joined = (names) => new Intl.ListFormat(language() === "en" ? "en-GB" : language(), { type: "conjunction" }).format(names);

  // A Dash component as the renderer reads it.
  const component = (namespace) => (type, props, children) => ({
    type,
    namespace,
    props: { ...props, ...(children === undefined ? {} : { children }) },
  });
  const html = component("dash_html_components");

  const place = {
    district: (u) => amazonia.facts.names[amazonia.facts.index.get(u)],
    province: (u) => amazonia.facts.provinces[u.slice(0, 4)].name,
    department: (u) => amazonia.facts.departments[u.slice(0, 2)].name,
    label: (u) => `${place.district(u)} (${place.province(u)}, ${place.department(u)})`,
  };

  // Resolves once what was changed is on screen; a hidden page draws no frames, hence the clock.
  const nextFrame = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
    setTimeout(resolve, 120);
  });

  // The drafts as this page opened with them, for the first drawing.
  let opened;
  const opening = new Promise((resolve) => (opened = resolve));

  // Letters without accents or case, for finding what a person types.
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

  Object.assign(amazonia, {
    later, ready, words, say, filled, joined, html, place, plain, nextFrame, opened, opening, language, address,
    noUpdate: () => window.dash_clientside.no_update,
  });
})(window.amazonia);
