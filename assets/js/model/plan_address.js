// What is asked of a plan: its form on the screen, in the store, and as part of an address.
import * as Address from "./address.js";

/** @type {Record<string, string>} */
const SERVICES = { health: "h", education: "e", environment: "n" };
const MOST_STEPS = 50;

/** @type {PlanRequest} */
export const USUAL = {
  objective: "affected", services: [], sizes: [3, 6], perProvince: 1, governments: null,
  fixed: [], forbidden: [], required: [], banned: [], weights: {}, anchors: "spread",
};

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The parts of dashboard/web/jobs/plan_request.py, in its order; what is as usual is left out.
/** @param {PlanRequest} wanted */
function text(wanted) {
  const { encode } = Address;
  const parts = [`o${wanted.objective}`];
  if (wanted.services.length) parts.push(`s${wanted.services.map((s) => SERVICES[s]).join("")}`);
  if (!same(wanted.sizes, USUAL.sizes)) parts.push(`z${wanted.sizes.join("-")}`);
  if (wanted.perProvince !== USUAL.perProvince) parts.push(`n${wanted.perProvince}`);
  if (wanted.governments !== null) parts.push(`g${wanted.governments}`);
  wanted.fixed.forEach(({ ubigeos, phase }) => parts.push(`f${phase || ""}.${encode(ubigeos)}`));
  wanted.forbidden.forEach((ubigeos) => parts.push(`x.${encode(ubigeos)}`));
  wanted.required.forEach((u) => parts.push(`r${u}`));
  wanted.banned.forEach((u) => parts.push(`b${u}`));
  Object.entries(wanted.weights).forEach(([key, weight]) => parts.push(`w${key}-${weight}`));
  if (wanted.anchors && wanted.anchors !== USUAL.anchors) parts.push(`a${wanted.anchors}`);
  return parts.join("*");
}

// Until a plan was asked for, an address says nothing of one.
/** @param {Plans | null} plans */
export function write(plans) {
  if (!plans || !plans.now) return "";
  const query = new URLSearchParams();
  if (!same(plans.now, USUAL) || plans.kept) query.set("p", text(plans.now));
  if (plans.kept) query.set("pa", text(plans.kept));
  return `${query}` && `&${query}`;
}

// ---- edits: each returns a new request

/** @param {Wished} wished a group, one with its phase, or one district */
const groupOf = (wished) => (typeof wished === "object" && "ubigeos" in wished ? wished.ubigeos : wished);
/** @param {Ubigeo[]} group @returns {(wished: Wished) => boolean} */
const other = (group) => (wished) => !same(groupOf(wished), group);
/** @template {Wished} T @param {Iterable<T>} list */
const sorted = (list) => [...list].sort((a, b) => `${groupOf(a)}`.localeCompare(`${groupOf(b)}`));

// A wish takes back its opposite.
/** @type {Record<string, (w: PlanRequest, group: Ubigeo[]) => PlanRequest>} */
export const EDITS = {
  fix: (w, group) => ({
    ...w, fixed: sorted([...w.fixed.filter(other(group)), { ubigeos: group, phase: null }]), forbidden: w.forbidden.filter(other(group)),
  }),
  forbid: (w, group) => ({
    ...w, forbidden: sorted([...w.forbidden.filter(other(group)), group]), fixed: w.fixed.filter(other(group)),
  }),
  unfix: (w, group) => ({ ...w, fixed: w.fixed.filter(other(group)) }),
  allow: (w, group) => ({ ...w, forbidden: w.forbidden.filter(other(group)) }),
  require: (w, [u]) => ({ ...w, required: sorted(new Set([...w.required, u])), banned: w.banned.filter((x) => x !== u) }),
  ban: (w, [u]) => ({ ...w, banned: sorted(new Set([...w.banned, u])), required: w.required.filter((x) => x !== u) }),
  unrequire: (w, [u]) => ({ ...w, required: w.required.filter((x) => x !== u) }),
  unban: (w, [u]) => ({ ...w, banned: w.banned.filter((x) => x !== u) }),
};

// What stands in the way is given up.
/** @type {Record<string, (w: PlanRequest, value: string) => PlanRequest>} */
export const EASED = {
  governments: (w, value) => ({ ...w, governments: value ? Number(value) : null }),
  province: (w, value) => ({ ...w, perProvince: value ? Number(value) : 0 }),
  size_least: (w, value) => ({ ...w, sizes: [Number(value), w.sizes[1]] }),
  size_most: (w, value) => ({ ...w, sizes: [w.sizes[0], Number(value)] }),
  forbidden: (w, value) => EDITS.allow(w, value.split("-")),
  banned: (w, value) => EDITS.unban(w, value.split("-")),
  // several at once, as in "banned:250301|governments:78"
  several: (w, value) => value.split("|").map((part) => part.split(":")).reduce((made, [kind, own]) => EASED[kind](made, own), w),
  fixed: (w, value) => EDITS.unfix(w, value.split("-")),
  required: (w, value) => EDITS.unrequire(w, value.split("-")),
};

// ---- states: {now, kept, auto, past}

/** @param {Plans} plans */
const bare = ({ now, kept, auto }) => ({ now, kept, auto });
/** @param {Plans} plans */
const remember = (plans) => [...(plans.past || []), bare(plans)].slice(-MOST_STEPS);

/** @param {Plans} plans @param {PlanRequest} now @returns {Plans} */
export const calculate = (plans, now) => (same(now, plans.now)
  ? { ...plans }
  : { ...plans, now, past: remember(plans), ...(plans.auto ? { kept: null, auto: false } : {}) });

// The plan before a single wish is set beside the one after it, unless the reader keeps another as A.
/** @param {Plans} plans @param {PlanRequest} now @returns {Plans} */
export function wish(plans, now) {
  if (same(now, plans.now)) return { ...plans };
  const own = plans.kept && !plans.auto;
  return { ...plans, now, past: remember(plans), ...(own ? {} : { kept: plans.now, auto: true }) };
}

/** @param {Plans} plans @returns {Plans} */
export const keep = (plans) => ({ ...plans, kept: plans.now, auto: false, past: remember(plans) });
/** @param {Plans} plans @returns {Plans} */
export const drop = (plans) => ({ ...plans, kept: null, auto: false, past: remember(plans) });

/** @param {Plans} plans @returns {Plans} */
export function undo(plans) {
  const past = plans.past || [];
  const before = past.at(-1);
  return before ? { ...before, past: past.slice(0, -1) } : { ...plans };
}

// criteria whose weights count in a plan; the server says which
/** @type {Set<string>} */
export const weighed = new Set();
