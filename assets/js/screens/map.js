// Functions that Dash calls in the browser, named for what the user did. Each is short: unpack, call
// a module, pack. Component ids reach them as callback inputs, never as literals.
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html, nextFrame } from "../core/dom.js";
import { facts, isReady } from "../core/facts.js";
import { later } from "../core/later.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Describing from "../forms/describing.js";
import * as Drawings from "../forms/drawings.js";
import * as Acting from "../map/acting.js";
import * as Backdrop from "../map/backdrop.js";
import * as Current from "../map/current.js";
import * as Layers from "../map/layers.js";
import * as Legend from "../map/legend.js";
import * as Picture from "../map/picture.js";
import { ready, whenNeeded } from "../map/published.js";
import * as Record from "../map/record.js";
import * as Scene from "../map/scene.js";
import * as Address from "../model/address.js";
import * as Comparison from "../model/comparison.js";
import * as Drafts from "../model/drafts.js";
import * as Geometry from "../model/geometry.js";
import * as Judgements from "../model/judgements.js";
import * as PlanAddress from "../model/plan_address.js";
import * as Judging from "./judging.js";
import * as Panel from "./panel.js";

const none = () => dash.no_update;
const recall = (name) => Store.recall(name);

function soundHistory(kept, drafts) {
  const whole = kept && Array.isArray(kept.past) && Array.isArray(kept.future);
  return whole && kept.of === Drafts.signature(drafts) ? kept : { past: [], future: [] };
}

const tell = (said) => (said ? say(`said.${said[0]}`, said[1]) : "");

// What starts a drawing takes up the tool that draws.
const TOOL = "map-tool";
const BEGINS = ["start", "duplicate"];

// At once: a click may come before the switch of the tool has been heard.
function takeUp(tool) {
  Current.last.tool = tool;
  Acting.take(tool);
  dash.set_props(TOOL, { value: tool });
}

const act = (type, fields) => ({ type, ...fields, at: Date.now() });

// What this browser kept, joined by what came with the address: once a page, by whoever is first.
const received = later(() => {
  const read = Address.readCandidates(window.location.search);
  return { ...read, ...Drafts.receive(Drawings.open(), read.candidates, read.active) };
});

// ---- opening and keeping

dash.opening = {
  async open(_, existing, criteria) {
    await whenNeeded();
    if (existing) return Array(6).fill(none());
    const { search } = window.location;
    const { drafts, ids, places, problems } = received();
    const own = (token) => (/^\d+$/.test(token) ? ids[places[token]] : token);
    const idOf = (token) => (Drafts.find(drafts, own(token)) ? own(token) : null);
    const asked = Address.readComparison(search, idOf, criteria);
    const linked = asked ? null : Address.readWeights(search, criteria);
    const { compared, weights, judgements } = Judgements.opened(asked, linked ? linked.weights : recall("weights"), recall("judgements"), criteria);
    // a link to what would be compared anyway follows the candidate in hand
    if (compared) {
      compared.chosen = Comparison.resolve(drafts, null).ids.join() !== compared.ids.join();
      compared.inHand = drafts.active;
    }
    const told = [...problems, ...((asked || linked || {}).problems || [])].map(tell);
    const history = soundHistory(recall("history"), drafts);
    Describing.note(drafts, history);
    return [drafts, history, told, compared, weights, judgements];
  },

  // One address for every screen, so that a copied link shows the same on another machine.
  address(view, drafts, compared, weights, judgements, sought, plans) {
    if (!view || !drafts) return none();
    const here = compared && (compared.chosen || window.location.pathname.endsWith("/comparar")) ? compared : null;
    const proposing = window.location.pathname.endsWith("/proponer");
    const query = Address.write(view, drafts, here, weights, judgements, proposing ? sought : null) + PlanAddress.write(plans);
    window.history.replaceState(window.history.state, "", `${window.location.pathname}?${query}`);
    return query;
  },

  problems(list) {
    return (list || []).map((text) => html("P", { role: "alert" }, text));
  },

  // Where the links of those screens lead that take along what is looked at; given is where they led so far.
  links(query, sought, ...given) {
    if (!query) return given.map(none);
    return given.map((href) => {
      const [path] = href.split("?");
      return `${path}?${path.endsWith("/proponer") ? Address.withSought(query, sought) : query}`;
    });
  },

  // Sentences come from the server, so another language is another page; the state is in its address.
  language() {
    const code = (dash.callback_context.triggered_id || "").split("-").pop();
    document.cookie = `lang=${code};path=/;max-age=31536000;samesite=lax`;
    window.location.reload();
    return none();
  },
};

// ---- view

dash.view = {
  // The map follows before the rest of the page does.
  async compose(department, fill, year, hazard, method, count, overlays, conflictPeriod, hazardPeriod, backdrop, years, backdrops, first) {
    const own = (years[fill] || []).map(([key]) => key);
    const view = {
      department: department === "all" ? "" : department,
      fill: own.includes(year) ? year : own[0] || fill,
      hazard: hazard === "all" ? "" : hazard,
      method, count, overlays: [...overlays].sort(), conflictPeriod, hazardPeriod,
      backdrop: backdrop === "none" ? "" : backdrop,
      anchors: first.anchors, // chosen where weights are, and kept
    };
    Backdrop.know(backdrops);
    if (Scene.show(view, Current.last.drafts)) await nextFrame();
    return view;
  },

  // The years of an indicator that has several; hidden for the others.
  async years(fill, years, wanted) {
    const own = years[fill];
    const { view, drafts } = Current.last;
    const series = own ? (own.find(([key]) => key === wanted) || own[0])[0] : fill;
    if (view && view.fill !== series && Scene.show({ ...view, fill: series }, drafts)) await nextFrame();
    if (!own) return [[], null, { display: "none" }];
    const options = own.map(([key, year]) => ({ value: key, label: year }));
    return [options, series, own.length > 1 ? {} : { display: "none" }];
  },

  async hazardShown(fill, overlays) {
    await ready();
    const asked = fill === "emergencies_per_10000" || overlays.some((key) => Layers.needs(key, "hazard"));
    return asked ? {} : { display: "none" };
  },

  // What only has to be read is drawn as plain elements.
  async plain(places) {
    await Promise.all(Object.entries(places).map(([id, parts]) => Dom.fill(id, parts)));
    Record.legend();
    return none();
  },

  // Long lists are laid out after the map: nobody types a name in the first second.
  async places(drafts, known) {
    if (!drafts || (known && known.length)) return [none(), none()];
    await Scene.begun;
    return [Panel.places(), Panel.allDistricts()];
  },
};

// ---- map

dash.map = {
  // The first drawing waits for no control: the server has laid the view down with the page.
  async first(view, id) {
    await ready();
    const host = document.getElementById(id);
    const drafts = Current.last.drafts || received().drafts;
    if (!Scene.standsIn(host)) Scene.begin(host, view, drafts);
    Acting.hear();
    return none();
  },

  // Later ones change only what differs, with no geometry and no server.
  refresh(view, drafts, cut, _proposals) {
    if (view && drafts) Scene.show(view, drafts, cut);
    return none();
  },

  // Class bounds that were not published are asked of the server; nothing else is.
  async wantCut(view) {
    if (!view) return none();
    await ready();
    return Scene.boundsFor(view, null) ? none() : { key: Scene.cutKey(view), view };
  },

  async legend(view, cut, foldedId) {
    if (!view) return none();
    await ready();
    const bounds = Scene.boundsFor(view, cut);
    Dom.render(document.getElementById(foldedId), Legend.folded(view, bounds));
    return Legend.classes(view, bounds);
  },

  tool(tool) {
    Current.last.tool = tool;
    Acting.take(tool);
    return say(`tool.${tool}`);
  },

  // Whoever comes back to a drawing goes on with it; everyone else looks first.
  firstTool(opened, drafts) {
    const shown = opened && drafts && Drafts.shown(drafts);
    return shown && !Drafts.isProposal(shown.id) ? "click" : none();
  },

  move(_in, _out, _fit, _candidate, drafts, view) {
    const id = dash.callback_context.triggered_id;
    if (!id) return none();
    if (id.endsWith("in")) Scene.zoom(1.6);
    else if (id.endsWith("out")) Scene.zoom(1 / 1.6);
    else if (id.endsWith("candidate")) {
      const shown = Drafts.shown(drafts);
      Scene.goTo(Geometry.bounds(shown && shown.ubigeos.length ? shown.ubigeos : []) || Scene.homeBox(view));
    } else Scene.goTo(Scene.homeBox(view), 0);
    return none();
  },

  fold(_left, _right, className) {
    const id = dash.callback_context.triggered_id;
    if (!id) return none();
    const name = `folded-${id.split("-").pop()}`;
    const names = new Set(className.split(" "));
    names.delete(name) || names.add(name);
    return [...names].join(" ");
  },

  async picture(clicks, view, cut) {
    if (!clicks) return none();
    try {
      await Picture.save(view, Scene.boundsFor(view, cut));
      return say("said.picture_done");
    } catch (_problem) {
      return [say("said.picture_failed"), "error"];
    }
  },

  // Who was in the sheet is back on the map.
  closeSheet(clicks) {
    const close = document.getElementById(dash.callback_context.triggered_id);
    if (clicks && close.parentElement.contains(document.activeElement)) Current.engine()?.node.focus({ preventScroll: true });
    return clicks ? "" : none();
  },

  find(place) {
    if (!place) return [none(), none()];
    Scene.goTo(Geometry.bounds(facts.ubigeos.filter((u) => u.startsWith(place))));
    return [place.length === 6 ? place : none(), null];
  },
};

// ---- drawing

// Every click since the last answer, in order, each a step that can be undone; nothing where none is left.
function clicked(drafts, history, clicks) {
  let result = null;
  for (const u of clicks) {
    const next = Drafts.reduce(result ? result.drafts : drafts, result ? result.history : history, { type: "toggle", u });
    result = { ...next, copied: next.copied || (result && result.copied) };
  }
  return result;
}

dash.draw = {
  // At once: Dash forgets an answer that is still awaited when the next click comes.
  clicked(click, tool) {
    if (!click) return [none(), none()];
    return tool === "sheet" ? [none(), click.u] : [act("clicked", {}), none()];
  },
  enclosed(found, way) {
    return found ? act(way, { us: found.ubigeos, countsBy: found.countsBy }) : none();
  },
  listed(u) {
    return u ? [act("add", { us: [u] }), null] : [none(), none()];
  },
  pressed() {
    const id = dash.callback_context.triggered_id;
    const [{ value } = {}] = dash.callback_context.triggered;
    if (!id || !value) return none();
    if (typeof id === "object") return act(id.does, { us: [id.ubigeo] });
    return act(id.split("-").pop());
  },
  chosen(id, drafts) {
    return id && drafts && id !== drafts.active ? act("choose", { id }) : none();
  },
  province(on) {
    return act("province", { on: (on || []).length > 0 });
  },
  described(services, phase, drafts) {
    const id = dash.callback_context.triggered_id;
    const shown = drafts && Drafts.shown(drafts);
    if (!id || !shown) return none();
    const field = id.split("-").pop();
    return act("describe", { field, value: { services, phase }[field] });
  },

  // What was typed comes in first, then what another tab kept, then the action.
  reduce(action, drafts, history) {
    if (!action || !drafts) return [none(), none(), none()];
    const typed = Describing.take(drafts, history);
    const met = Drawings.meet(typed.drafts, typed.history);
    /** @type {Edited & { history: Steps }} */
    const result = action.type === "clicked" ? clicked(met.drafts, met.history, Acting.taken()) || met : Drafts.reduce(met.drafts, met.history, action);
    Describing.note(result.drafts, result.history);
    if (BEGINS.includes(action.type) && Current.last.tool === "sheet") takeUp("click");
    Scene.show(Current.last.view, result.drafts);
    Judging.judge(result.drafts, Current.last.view);
    // what only came from there is kept already
    if (action.type !== "meet" || met.both.length) Drawings.keep(result.drafts, result.history);
    Drawings.tellBoth(met.both);
    const how = action.countsBy ? say(`counted_by.${action.countsBy}`) : "";
    const copied = result.copied ? tell(["copied_first", { name: result.copied }]) : "";
    return [
      result.drafts === drafts ? none() : result.drafts,
      result.history === history ? none() : result.history,
      [...met.told.map(tell), copied, tell(result.said), how].filter(Boolean).join(" ") || none(),
    ];
  },

  // Writes only what differs: a value written anew would call back as if the user had changed it.
  panel(drafts, history, _proposals, ...written) {
    if (!drafts || !isReady()) return Array(Panel.PARTS).fill(none());
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    Describing.note(drafts, history || { past: [], future: [] });
    Describing.show(Drafts.shown(drafts));
    return Panel.parts(drafts, history).map((part, i) => (same(part, written[i]) ? none() : part));
  },

  compareLink(query) {
    return query ? `/comparar?${query}` : none();
  },

  judged(drafts, view, weights, _proposals) {
    Judging.follow(drafts, view, weights);
    return none();
  },
};

// A page that is closed right after a click keeps it all the same.
window.addEventListener("pagehide", () => {
  const { drafts, history } = Describing.noted();
  const result = drafts && clicked(drafts, history, Acting.untaken());
  if (result) Drawings.keep(result.drafts, result.history);
});

// Another tab kept other drawings: this one meets them now, not only when something is drawn here.
const meet = () => isReady() && window.dash_component_api.getLayout("shell-action") && dash.set_props("shell-action", { data: act("meet") });
document.addEventListener("DOMContentLoaded", () => Store.elsewhere(Drawings.NAME, meet));

// The map is drawn before Dash has laid the screen out: what it shows first came with the document. It stands in the
// room that is kept for it, and goes to its place as soon as that is there.
async function early() {
  const [stage, told] = ["map-stage", "browser-view"].map((id) => document.getElementById(id));
  if (!stage || !told || !window.L) return;
  await ready();
  const host = document.getElementById(stage.dataset.host);
  if (host) return; // Dash was quicker
  stage.hidden = false;
  Scene.begin(stage, JSON.parse(told.textContent), received().drafts);
  new MutationObserver((_, waiting) => {
    const place = document.getElementById(stage.dataset.host);
    if (!place) return;
    waiting.disconnect();
    Scene.moveTo(place);
  }).observe(document.body, { childList: true, subtree: true });
}
early();
