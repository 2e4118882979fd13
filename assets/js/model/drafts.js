// Candidates being drawn: every edit makes a new state, undo is a list of earlier ones.
import { facts, place } from "../core/facts.js";
import { page } from "../core/page.js";
import { cut, say } from "../core/words.js";
import * as Proposals from "./proposals.js";

export const LIMITS = { steps: 100, candidates: 12, name: 60, note: 500 };
export const PROPOSAL = "p:";

/** @param {unknown} id @returns {id is string} */
export const isProposal = (id) => typeof id === "string" && id.startsWith(PROPOSAL);
/** @param {string} id */
const proposal = (id) => Proposals.find(id.slice(PROPOSAL.length));

/** @param {Proposal} p @returns {Candidate} */
function fromProposal(p) {
  return {
    id: PROPOSAL + p.id, name: p.name, ubigeos: p.ubigeos, services: p.services, note: "",
    phase: p.phase, replaces: null, state: p.state, version: p.version,
  };
}

/** @param {Drafts} drafts @param {string} id @returns {Candidate | null} */
export function find(drafts, id) {
  if (isProposal(id)) {
    const p = proposal(id);
    return p ? fromProposal(p) : null;
  }
  return drafts.candidates.find((c) => c.id === id) || null;
}

/** @param {Drafts} drafts */
export const shown = (drafts) => find(drafts, drafts.active);

/** @returns {Drafts} */
export const empty = () => ({ version: 1, candidates: [], active: PROPOSAL + Proposals.firstId(), oneProvince: false });

/** @param {any} c */
const isDrawing = (c) => Boolean(c && typeof c.id === "string" && Array.isArray(c.ubigeos));
/** @param {any} kept @returns {kept is Drafts} */
export const isSound = (kept) => Boolean(kept && kept.version === 1 && Array.isArray(kept.candidates) && kept.candidates.every(isDrawing));

// What a browser kept may be older or damaged: take what is sound.
/** @param {any} kept what a browser kept, of whatever shape @returns {Drafts} */
export function sound(kept) {
  if (!kept || kept.version !== 1 || !Array.isArray(kept.candidates)) return empty();
  const known = (/** @type {Ubigeo} */ u) => facts.index.has(u);
  /** @type {any[]} */
  const drawings = kept.candidates.filter(isDrawing);
  const candidates = drawings
    .map((c) => ({ ...blank(c.id, `${c.name || ""}`), edition: null, ...c, name: cut(`${c.name || ""}`, LIMITS.name), ubigeos: c.ubigeos.filter(known).sort() }))
    .map((c) => ({ ...c, locked: staying(c.locked, c.ubigeos), edition: typeof c.edition === "string" ? c.edition : null }));
  const drafts = { ...empty(), ...kept, candidates };
  return find(drafts, drafts.active) ? drafts : { ...drafts, active: empty().active };
}

// `version`: that of the proposal it would replace, when the drawing began; none stands for the first.
/** @param {string} id @param {string} name @returns {Candidate} */
const blank = (id, name) => ({ id, name, ubigeos: [], services: [], note: "", phase: 1, replaces: null, version: null, locked: [], edition: page.edition });

// Locked districts are kept by whatever is proposed; one that is taken off by hand is locked no more.
/** @param {unknown} locked @param {Ubigeo[]} ubigeos @returns {Ubigeo[]} */
const staying = (locked, ubigeos) => (Array.isArray(locked) ? locked : []).filter((u) => ubigeos.includes(u));

// Other districts, judged from now on with the data of this page.
/** @param {Candidate} candidate @param {Ubigeo[]} ubigeos @returns {Candidate} */
const remade = (candidate, ubigeos) =>
  ({ ...candidate, ubigeos, locked: staying(candidate.locked, ubigeos), edition: page.edition });

// A number is never given twice, in this tab or another: what a group noted of one candidate is not of
// the next. The same drafts give the same next number, so that whoever edits can tell it beforehand.
const TAB = Date.now() * 1000 + Math.floor(Math.random() * 1000);
/** @param {{ id: string }} candidate */
const serialOf = ({ id }) => Number(id.slice(1)) || 0;
/** @param {Drafts} drafts */
export const freshId = (drafts) => `c${Math.max(TAB, drafts.serial || 0, ...drafts.candidates.map(serialOf)) + 1}`;

/** @param {Drafts} drafts */
const letter = (drafts) => {
  const used = new Set(drafts.candidates.map((c) => c.name));
  for (let n = 0; n < 26; n++) {
    const name = say("candidate_name", { letter: String.fromCharCode(65 + n) });
    if (!used.has(name)) return name;
  }
  return say("candidate_name", { letter: drafts.candidates.length + 1 });
};

/** @param {Drafts} drafts @param {Candidate} candidate @returns {Drafts} */
function withCandidate(drafts, candidate) {
  const others = drafts.candidates.filter((c) => c.id !== candidate.id);
  const at = drafts.candidates.findIndex((c) => c.id === candidate.id);
  const candidates = at < 0 ? [...others, candidate] : drafts.candidates.map((c) => (c.id === candidate.id ? candidate : c));
  return { ...drafts, candidates, active: candidate.id, serial: Math.max(drafts.serial || 0, serialOf(candidate)) };
}

// ---- edits: (drafts, action) -> {drafts, said} where said is a sentence key with fields

/** @param {Drafts} drafts @returns {Edited} */
function start(drafts) {
  if (drafts.candidates.length >= LIMITS.candidates) return full(drafts);
  const candidate = blank(freshId(drafts), letter(drafts));
  return { drafts: withCandidate(drafts, candidate), said: ["started", { name: candidate.name }] };
}

/** @param {Drafts} drafts @returns {Edited} */
const full = (drafts) => ({ drafts, said: ["too_many_candidates", { most: LIMITS.candidates }] });

/** @param {Drafts} drafts @param {Action} action @returns {Edited} */
function duplicate(drafts, { id = null }) {
  const from = find(drafts, id || drafts.active);
  if (!from) return { drafts };
  if (drafts.candidates.length >= LIMITS.candidates) return full(drafts);
  const copy = {
    ...blank(freshId(drafts), copyName(drafts, from.name)),
    ubigeos: from.ubigeos, services: from.services, note: from.note, phase: from.phase, locked: staying(from.locked, from.ubigeos),
    edition: from.edition || page.edition,
    replaces: isProposal(from.id) ? from.id.slice(PROPOSAL.length) : from.replaces,
    version: from.version || null,
  };
  return { drafts: withCandidate(drafts, copy), said: ["copied", { name: copy.name }] };
}

/** @param {Drafts} drafts @param {string} name */
export function copyName(drafts, name) {
  const base = cut(name.replace(/ \(\d+\)$/, ""), LIMITS.name - 5);
  const used = new Set(drafts.candidates.map((c) => c.name));
  for (let n = 2; ; n++) if (!used.has(`${base} (${n})`)) return `${base} (${n})`;
}

// A proposal is not changed by hand: the first edit works on a copy that says what it replaces.
/** @param {Drafts} drafts @returns {Work} */
function editable(drafts) {
  const now = shown(drafts);
  if (now && !isProposal(now.id)) return { drafts, candidate: now };
  const made = now ? duplicate(drafts, {}) : start(drafts);
  const candidate = shown(made.drafts);
  return !candidate || isProposal(candidate.id) ? { drafts, refused: made.said } : { drafts: made.drafts, candidate, copied: Boolean(now) };
}

/** @param {Drafts} drafts @param {Ubigeo[]} ubigeos @param {(own: Set<Ubigeo>, allowed: Ubigeo[]) => Set<Ubigeo>} edit @param {(candidate: Candidate, moved: Ubigeo[]) => string} key @returns {Edited} */
function change(drafts, ubigeos, edit, key) {
  const known = ubigeos.filter((u) => facts.index.has(u));
  if (!known.length) return { drafts, said: ["nothing_inside", {}] };
  const work = editable(drafts);
  if (!work.candidate) return { drafts, said: work.refused };
  const allowed = drafts.oneProvince ? keepProvince(work.candidate, known) : known;
  if (!allowed.length) return { drafts, said: ["other_province", { name: place.label(known[0]), province: place.province(work.candidate.ubigeos[0]) }] };
  const next = edit(new Set(work.candidate.ubigeos), allowed);
  const ubigeosNow = [...next].sort();
  if (ubigeosNow.join() === work.candidate.ubigeos.join()) return { drafts, said: ["no_change", {}] };
  // of the districts meant, those that were not so already
  const moved = allowed.filter((u) => next.has(u) !== work.candidate.ubigeos.includes(u));
  /** @type {Said} */
  const said = [key(work.candidate, moved), {
    name: moved.length === 1 ? place.district(moved[0]) : "", n: moved.length,
    candidate: work.candidate.name, left: known.length - allowed.length,
  }];
  const changed = remade(work.candidate, ubigeosNow);
  return { drafts: withCandidate(work.drafts, changed), said, copied: work.copied && changed.name };
}

/** @param {Candidate} candidate @param {Ubigeo[]} ubigeos */
function keepProvince(candidate, ubigeos) {
  const home = (candidate.ubigeos[0] || ubigeos[0]).slice(0, 4);
  return ubigeos.filter((u) => u.startsWith(home));
}

// What the engine proposed, as one step: some districts in, others out. `of` is what it was proposed for.
/** @param {Drafts} drafts @param {Action} action @returns {Edited} */
function exchange(drafts, { add, take, of }) {
  const now = shown(drafts);
  if (!now || now.ubigeos.join("-") !== of) return { drafts, said: ["stale_change", {}] };
  const work = editable(drafts);
  if (!work.candidate) return { drafts, said: work.refused };
  const known = add.filter((/** @type {Ubigeo} */ u) => facts.index.has(u));
  const ubigeos = [...new Set([...work.candidate.ubigeos.filter((u) => !take.includes(u)), ...known])].sort();
  const changed = remade(work.candidate, ubigeos);
  return { drafts: withCandidate(work.drafts, changed), said: ["exchanged", {}], copied: work.copied && changed.name };
}

// A candidate that was proposed; one with the same districts is taken in hand instead of being doubled.
/** @param {Drafts} drafts @param {Action} action @returns {Edited} */
function propose(drafts, { candidate }) {
  const code = candidate.ubigeos.join();
  const known = drafts.candidates.find((c) => c.ubigeos.join() === code);
  if (known) return { drafts: known.id === drafts.active ? drafts : { ...drafts, active: known.id }, said: ["at_hand", { name: known.name }] };
  if (drafts.candidates.length >= LIMITS.candidates) return full(drafts);
  const made = remade({ ...blank(freshId(drafts), ""), ...candidate, name: freeName(drafts, candidate.name) }, [...candidate.ubigeos].sort());
  return { drafts: withCandidate(drafts, made), said: ["proposed", { name: made.name }] };
}

/** @param {Drafts} drafts @param {string} name */
function freeName(drafts, name) {
  const short = name.length > LIMITS.name - 5 ? `${cut(name, LIMITS.name - 6)}…` : name;
  return drafts.candidates.some((c) => c.name === short) ? copyName(drafts, short) : short;
}

/** @param {Drafts} drafts @param {Action} action @returns {Edited} */
function lock(drafts, { us: [u] }) {
  const work = editable(drafts);
  if (!work.candidate) return { drafts, said: work.refused };
  if (!work.candidate.ubigeos.includes(u)) return { drafts };
  const { locked = [] } = work.candidate;
  const now = locked.includes(u) ? locked.filter((other) => other !== u) : [...locked, u].sort();
  return {
    drafts: withCandidate(work.drafts, { ...work.candidate, locked: now }), copied: work.copied && work.candidate.name,
    said: [now.includes(u) ? "locked" : "unlocked", { name: place.district(u) }],
  };
}

/** @param {string} one @param {string} many @returns {(candidate: Candidate, us: Ubigeo[]) => string} */
const counted = (one, many) => (_, us) => (us.length === 1 ? one : many);

/** @type {Record<string, (drafts: Drafts, action: Action) => Edited>} */
const EDITS = {
  start,
  duplicate,
  exchange,
  propose,
  lock,
  toggle: (drafts, { u }) => change(drafts, [u],
    (set) => (set.delete(u) ? set : set.add(u)),
    (candidate) => (candidate.ubigeos.includes(u) ? "taken_one" : "added_one")),
  add: (drafts, { us }) => change(drafts, us,
    (set, allowed) => new Set([...set, ...allowed]), counted("added_one", "added_many")),
  take: (drafts, { us }) => change(drafts, us,
    (set, allowed) => new Set([...set].filter((u) => !allowed.includes(u))), counted("taken_one", "taken_many")),
  empty: (drafts) => {
    const now = shown(drafts);
    return now && now.ubigeos.length ? EDITS.take(drafts, { us: now.ubigeos }) : { drafts };
  },
  remove: (drafts, { id }) => {
    const gone = find(drafts, id || drafts.active);
    if (!gone || isProposal(gone.id)) return { drafts };
    const candidates = drafts.candidates.filter((c) => c.id !== gone.id);
    const next = candidates.at(-1);
    return { drafts: { ...drafts, candidates, active: next ? next.id : empty().active }, said: ["removed", { name: gone.name }] };
  },
  describe: (drafts, { field, value, id }) => {
    const now = id ? find(drafts, id) : shown(drafts);
    if (!now || isProposal(now.id)) return { drafts };
    const clean = typeof value === "string" ? cut(value, field === "note" ? LIMITS.note : LIMITS.name) : value;
    if (field === "name" && !clean.trim()) return { drafts, said: ["name_needed", {}] };
    if (JSON.stringify(now[/** @type {keyof Candidate} */ (field)]) === JSON.stringify(clean)) return { drafts };
    const edition = ["services", "phase"].includes(field) ? page.edition : now.edition;
    return { drafts: { ...withCandidate(drafts, { ...now, [field]: clean, edition }), active: drafts.active } };
  },
};

// The reader knows that the candidate in hand was judged on other data: from now on it is of this page's.
/** @param {Drafts} drafts @returns {Edited} */
function accept(drafts) {
  const now = shown(drafts);
  if (!now || isProposal(now.id)) return { drafts };
  return { drafts: withCandidate(drafts, { ...now, edition: page.edition }) };
}

// Choosing what to look at is no edit: it leaves the undo list alone.
/** @type {Record<string, (drafts: Drafts, action: Action) => Edited>} */
const CHOICES = {
  choose: (drafts, { id }) => (find(drafts, id) ? { drafts: { ...drafts, active: id } } : { drafts }),
  province: (drafts, { on }) => ({ drafts: { ...drafts, oneProvince: Boolean(on) } }),
  accept,
  receive: (drafts, { candidates, active }) => ({ drafts: receive(drafts, candidates, active).drafts }),
};

/** @param {Omit<Candidate, "id">} candidate */
const identity = ({ name, ubigeos, services, phase, replaces }) =>
  JSON.stringify([name, ubigeos, [...services].sort(), phase, replaces || null]);
/** @param {Omit<Candidate, "id">} a @param {Omit<Candidate, "id">} b */
const same = (a, b) => identity(a) === identity(b);

// Candidates that came with a link join those already here; one that is here already is not doubled.
/** @param {Drafts} drafts @param {(Omit<Candidate, "id"> & { id?: string })[]} incoming @param {string | null} active */
export function receive(drafts, incoming, active) {
  let now = drafts;
  const ids = incoming.map((c) => {
    const known = now.candidates.find((k) => same(k, c));
    if (known) return known.id;
    const made = { ...blank(freshId(now), c.name), ...c, id: c.id || freshId(now) };
    now = { ...now, candidates: [...now.candidates, made], serial: serialOf(made) };
    return made.id;
  });
  const wanted = isProposal(active) || !/^\d+$/.test(active || "") ? active : ids[Number(active)];
  return { drafts: wanted && find(now, wanted) ? { ...now, active: wanted } : now, ids };
}

// What a list of steps belongs to: those of other drafts would undo what nobody did here.
/** @param {Drafts} drafts */
export const signature = ({ candidates, active }) =>
  JSON.stringify([active, candidates.map(({ id, name, ubigeos, services, phase, note }) => [id, name, ubigeos, services, phase, note])]);

// A drawing that was kept belongs to its proposal, through every step undone or not; what others kept in
// its place is taken like any other edit.
/** @param {Drafts} drafts @param {Steps} history @param {Action} action @returns {{ drafts: Drafts, history: Steps }} */
function tie(drafts, history, { kept }) {
  const bind = (/** @type {Candidate} */ c) => (c.id === kept.draft ? { ...c, replaces: kept.id, version: kept.version } : c);
  /** @template {Pick<Drafts, "candidates">} T @param {T} state @returns {T} */
  const bound = (state) => ({ ...state, candidates: state.candidates.map(bind) });
  const told = { name: cut(kept.name, LIMITS.name), phase: kept.phase, services: kept.services, note: cut(kept.note, LIMITS.note) };
  const before = bound(drafts);
  const described = (/** @type {Candidate} */ c) => (c.id === kept.draft ? { ...c, ...told } : c);
  const taken = (/** @type {Candidate} */ c) => (c.id === kept.draft && kept.theirs ? remade(c, kept.ubigeos.filter((/** @type {Ubigeo} */ u) => facts.index.has(u))) : c);
  const past = history.past.map(bound);
  return {
    drafts: { ...before, candidates: before.candidates.map(described).map(taken) },
    history: { past: kept.theirs ? clipped([...past, part(before)]) : past, future: history.future.map(bound) },
  };
}

/** @template T @param {T[]} steps */
const clipped = (steps) => steps.slice(-LIMITS.steps);
/** @param {Drafts} drafts */
const part = ({ candidates, active }) => ({ candidates, active });

/** @param {Drafts} drafts @param {Steps} history @param {Action} action @returns {Edited & { history: Steps }} */
export function reduce(drafts, history, action) {
  const { type = "" } = action;
  if (type === "undo" || type === "redo") return step(drafts, history, type);
  if (type === "tie") return tie(drafts, history, action);
  const choice = CHOICES[type];
  if (choice) return { history, ...choice(drafts, action) };
  const edit = EDITS[type];
  if (!edit) return { drafts, history };
  const result = edit(drafts, action);
  if (result.drafts === drafts) return { ...result, history };
  return { ...result, history: { past: clipped([...history.past, part(drafts)]), future: [] } };
}

/** @param {Drafts} drafts @param {Steps} history @param {"undo" | "redo"} way @returns {Edited & { history: Steps }} */
function step(drafts, { past, future }, way) {
  const [from, to] = way === "undo" ? [past, future] : [future, past];
  if (!from.length) return { drafts, history: { past, future }, said: [`nothing_to_${way}`, {}] };
  const next = from.at(-1);
  const rest = from.slice(0, -1);
  const kept = clipped([...to, part(drafts)]);
  const history = way === "undo" ? { past: rest, future: kept } : { past: kept, future: rest };
  return { drafts: { ...drafts, ...next }, history, said: [way === "undo" ? "undone" : "redone", {}] };
}
