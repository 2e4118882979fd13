// The coverage: tables and drawings come into their places, a spreadsheet goes to the server, links stay inside.
import * as Charts from "../core/charts.js";
import { dash } from "../core/dash.js";
import * as Dom from "../core/dom.js";
import { html } from "../core/dom.js";
import { go } from "../core/inside.js";
import { sendFile } from "../core/server.js";
import { token } from "../core/tokens.js";
import { say } from "../core/words.js";
import { Asking } from "../forms/asking.js";
import * as CoverageMap from "../map/coverage_map.js";
import { number } from "../model/numbers.js";
import * as PhasesFigure from "../model/phases_figure.js";

let asking = null; // of the page in sight
const files = new Map(); // by the element of their place: the file at hand and the print of what was shown of it

// Drawings are of our own making and hold no script; what people wrote in them is escaped.
function draw(root) {
  root.querySelectorAll("[data-svg]").forEach((place) => {
    const parsed = new DOMParser().parseFromString(place.dataset.svg, "image/svg+xml");
    place.removeAttribute("data-svg");
    if (parsed.documentElement.localName === "svg") place.replaceChildren(document.importNode(parsed.documentElement, true));
  });
  root.querySelectorAll("[data-bars-of]").forEach((place) => {
    const bars = JSON.parse(place.dataset.barsOf);
    Charts.draw(place, place.dataset.label, ({ width }) => PhasesFigure.phases(bars, token, width));
    place.removeAttribute("data-bars-of");
  });
  root.querySelectorAll("[data-covered]").forEach((place) => {
    const told = JSON.parse(place.dataset.covered);
    place.removeAttribute("data-covered");
    CoverageMap.begin(place, told, patternsOf(root));
  });
}

// The legend has the patterns that fill the map, by the group they stand for.
const patternsOf = (root) => new Map([...root.querySelectorAll(".map-legend pattern")].map((node) => [node.id.replace("swatch-", ""), node]));

function tell(place, children) {
  const said = place.querySelector(".sheet-said");
  Dom.render(said, children);
  draw(said);
  return said;
}

const sentence = (text, role) => [html("P", { role, className: role === "alert" ? "error" : "waiting" }, text)];

async function send(place, input, file, print) {
  if (file.size > Number(input.dataset.most)) return tell(place, sentence(say("coverage.larger", { mb: number(input.dataset.most / 1e6, 0) }), "alert"));
  tell(place, sentence(say("coverage.reading", { name: file.name }), "status"));
  const answer = await sendFile(input.dataset.to, file, "coverage.lost", { headers: print ? { "X-Seen": print } : {} });
  if (!answer.shown) return tell(place, sentence(answer.said || say("coverage.lost"), "alert"));
  files.set(place, { input, file, print: answer.print });
  tell(place, answer.shown).focus();
  if (answer.kept) {
    forget(place);
    asking.ask("", { do: "look", of: asking.root.dataset.of, beside: asking.beside() });
  }
  return answer;
}

function forget(place) {
  const { input } = files.get(place) || {};
  if (input) input.value = "";
  files.delete(place);
}

function pressed(event) {
  const button = event.target.closest("[data-keep], [data-forget]");
  if (!button) return undefined;
  const place = button.closest(".sheet-said").parentElement;
  const { input, file, print } = files.get(place) || {};
  if (button.dataset.forget) {
    forget(place);
    return tell(place, []);
  }
  button.disabled = true;
  return send(place, input, file, print);
}

function changed({ target }) {
  if (["cluster", "planned"].includes(target.dataset.field)) address(target.value);
  if (target.matches("input[type=file]") && target.files.length) send(target.closest(".drop").parentElement, target, target.files[0]);
}

// Whoever reloads, or is sent the link, sees the same cluster.
function address(value) {
  const { pathname, search } = window.location;
  const query = new URLSearchParams(search);
  query.set("conglomerado", value);
  window.history.replaceState(window.history.state, "", `${pathname}?${query}`);
}

function begin(root, asked) {
  asking = new Asking(root, asked, { drawn: draw });
  files.clear();
  root.addEventListener("click", pressed);
  root.addEventListener("change", changed);
}

dash.coverage = {
  show(answer, rootId, askedId) {
    const root = document.getElementById(rootId);
    if (!root || !answer) return dash.no_update;
    if (!asking || asking.root !== root) begin(root, askedId);
    asking.receive(answer);
    return "shown";
  },

  // Lateness is counted up to a day that stands in the address; none is the usual one.
  count(clicks, submitted, day) {
    if (!clicks && !submitted) return dash.no_update;
    const { pathname, search } = window.location;
    const query = new URLSearchParams(search);
    query.delete("al");
    if (day) query.set("al", day);
    go(query.size ? `${pathname}?${query}` : pathname);
    return day || "";
  },

  template(chosen, round, id) {
    const kind = id.includes("focas") ? "focas" : "qsip";
    if (!chosen || !chosen.length) return undefined; // a link to nowhere is none
    const query = new URLSearchParams(chosen.map((each) => ["conglomerado", each]));
    if (kind === "focas") query.set("momento", round);
    return `/cobertura/plantilla/${kind}.xlsx?${query}`;
  },
};
