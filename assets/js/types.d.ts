// What things are that come from elsewhere: the server's files, Dash, plotly. Read by the type checker alone.

type Ubigeo = string;
type Language = "es" | "en";
/** First and last year, both counted. */
type Period = [number, number];
/** Longitude and latitude in degrees, or x and y in pixels. */
type Point = [number, number];
/** West, south, east, north in degrees. */
type Box = [number, number, number, number];
/** A key of the words with the fields of its sentence. */
type Said = [string, Record<string, unknown>];

// ---- published by dashboard/web/publish.py

interface Series {
  group: string;
  unit: string;
  year: string;
  source: string;
  decimals: number;
  values: (number | null)[];
  classes: Record<string, Record<number, number[]>>;
  whole?: boolean;
  es?: string;
  en?: string;
  words?: Record<Language, string>;
  observed?: (number | null)[];
  unsampled?: number[];
  rests?: { way: string, years: string };
  counted?: (number | null)[];
  remarks?: Record<Language, string[]>;
  known?: number[];
  possible?: number;
}

interface Incident {
  id: string;
  level: "district" | "province" | "department";
  place: string;
  type: string;
  state: string;
  name: string;
  first: number | null;
  last: number | null;
  estimated: boolean;
}

/** A stretch of a river: lines of degrees, rank 1 the widest to 5; name "" where it is not known. */
interface River {
  name: string;
  rank: number;
  lines: Point[][];
}

/** What lies around the territory (layers/surroundings): rings in degrees, the last point joined to the first. */
interface Surroundings {
  lands: { home: boolean, es: string, en: string, rings: Point[][] }[];
  sea: { es: string, en: string, within: Box };
}

interface Facts {
  edition: string;
  official: boolean;
  ubigeos: Ubigeo[];
  names: string[];
  capitals: string[];
  lon: number[];
  lat: number[];
  anchors: Point[];
  population: (number | null)[];
  provinces: Record<string, { name: string }>;
  departments: Record<string, { name: string }>;
  borders: [number, number][];
  series: Record<string, Series>;
  colours: Record<number, string[]>;
  /** Outlines of symbols by name, in a box of 20 by 20. */
  symbols: Record<string, string>;
  /** How the outlines of what is drawn and judged look, by layer. */
  drawing: Record<string, { colour: string; width: number; dash: string; casing: number; height: number }>;
  thinBelow: number;
  // declared by each overlay in its own way (layers/overlay.py)
  overlays: Record<string, any>;
  /** rows: [district, kind, year, events], complete: the years that are whole. */
  hazards: { kinds: string[]; rows: [number, number, number, number][]; complete: Period };
  conflicts: Incident[];
  sources: Record<string, { source: string; es: string; en: string }>;
  index: Map<Ubigeo, number>;
  neighbours: Map<Ubigeo, Set<Ubigeo>>;
}

interface Outline {
  type: "Polygon" | "MultiPolygon";
  // rings of points, one level deeper for several polygons
  coordinates: any[];
}

interface Limits {
  type: "FeatureCollection";
  features: { id: Ubigeo; geometry: Outline | null }[];
}

/** ends: both points of every edge; edges: numbers of a district's edges; boxes: around it. */
interface Shapes {
  ends: [Point, Point][];
  edges: Map<Ubigeo, number[]>;
  boxes: Map<Ubigeo, Box>;
}

interface Proposal {
  id: string;
  number: string;
  version: number;
  name: string;
  ubigeos: Ubigeo[];
  services: string[];
  phase: number;
  judgements: Record<string, number>;
  state: string;
  look: string | null;
  untouched: boolean;
}

/** By what a cluster goes: a number of the record, a letter of a plan, nothing for a drawing. */
interface Identity {
  sign: string;
  name: string;
  id: string;
  state: string;
  standing: boolean;
  kind: "record" | "apart" | "plan" | "drawing";
}

/** The proposals of the record: `print` tells one state of them from another. */
interface Overview {
  print: string;
  shownFirst: string | null;
  proposals: Proposal[];
}

interface Criterion {
  step: number;
  key: string;
  name: string;
  better: "higher" | "lower";
  zero: number;
  hundred: number;
  weight: number;
  most: number;
  judged: boolean;
  decimals: number;
}

// ---- the state of the page

interface MapOptions { moves?: boolean; keys?: boolean; scale?: number; scrolls?: boolean }

interface View {
  department: string;
  fill: string;
  hazard: string;
  method: string;
  count: number;
  overlays: string[];
  conflictPeriod: Period;
  hazardPeriod: Period;
  backdrop?: string;
  /** which values give 0 and 100 points: "spread" or "fixed" */
  anchors: string;
}

/** A map of another server that may lie below ours (dashboard/pages/map/choices.py). */
interface Backdrop {
  id: string;
  name: string;
  form: string;
  address: string;
  layers: string;
  attribution: string;
  least: number;
  most: number;
  origin: string;
}

interface Candidate {
  id: string;
  name: string;
  ubigeos: Ubigeo[];
  services: string[];
  note: string;
  phase: number;
  replaces: string | null;
  version?: number | null;
  locked?: Ubigeo[];
  edition?: string | null;
  state?: string;
}

/** `stamp` and `seen`: what this and other tabs kept of it (forms/drawings.js). */
interface Kept extends Candidate {
  stamp?: string;
  seen?: Record<string, number>;
}

interface Drafts {
  version: 1;
  candidates: Candidate[];
  active: string;
  oneProvince: boolean;
  serial?: number;
}

/** What can be undone and done again. */
interface Steps {
  past: Pick<Drafts, "candidates" | "active">[];
  future: Pick<Drafts, "candidates" | "active">[];
  typing?: string;
}

/** What an edit makes of the drafts, what is said of it, and the name of the copy it was made on. */
interface Edited {
  drafts: Drafts;
  said?: Said;
  copied?: string | boolean;
}

/** A drawing that may be changed, in the drafts that have it; or why there is none. */
type Work =
  | { drafts: Drafts; candidate: Candidate; copied?: boolean; refused?: undefined }
  | { drafts: Drafts; candidate?: undefined; copied?: undefined; refused?: Said };

// an edit by its type; each has fields of its own, which `EDITS` of model/drafts.js read
interface Action {
  type?: string;
  [field: string]: any;
}

type Weights = Record<string, number>;
type Judgement = { score: number | null; note: string };
/** By candidate, by criterion. */
type Judgements = Record<string, Record<string, Judgement>>;

interface Compared {
  ids: string[];
  chosen: boolean;
  inHand?: string;
}

interface Sought {
  place: string;
  sizes: [number, number];
  services: string[];
  axes: [string, string];
  sort: string;
  locked: Ubigeo[];
  picked: Ubigeo[];
}

interface PlanRequest {
  objective: string;
  services: string[];
  sizes: [number, number];
  perProvince: number;
  governments: number | null;
  fixed: { ubigeos: Ubigeo[]; phase: number | null }[];
  forbidden: Ubigeo[][];
  required: Ubigeo[];
  banned: Ubigeo[];
  weights: Weights;
  anchors: string;
}

type Wished = { ubigeos: Ubigeo[]; phase: number | null } | Ubigeo[] | Ubigeo;

interface Plans {
  now: PlanRequest;
  kept: PlanRequest | null;
  auto: boolean;
  past?: Omit<Plans, "past">[];
}

/** Points of each criterion by candidate, null where it is unknown. */
type Points = Record<string, (number | null)[]>;

interface Scored {
  totals: (number | null)[];
  used: string[];
  leftOut: string[];
}

/** The weight of a criterion at which another candidate draws level with the first. */
interface Turn {
  key: string;
  overtakes: number;
  weight: number;
}

/** Feasible candidates as the server packs them: letters that stand for districts, values by criterion. */
interface Found {
  place: string;
  districts: Ubigeo[];
  groups: string[];
  values: Record<string, (number | null)[] | number | null>;
  leftOut: string[];
  /** how many were sent, where their districts were not */
  rows?: number;
  /** of each criterion the values that give 0 and 100 points */
  anchors: Record<string, [number, number]>;
  frontier: number[];
}

interface Pool extends Omit<Found, "groups" | "values" | "rows"> {
  rows: number;
  groups: Ubigeo[][];
  values: Record<string, (number | null)[]>;
  points: Points;
  keys: string[];
  onFrontier: Set<number>;
  byCode: Map<string, number>;
}

/** What an address compares. */
interface Asked {
  compared: Compared;
  weights: Weights;
  judgements: Judgements;
  problems: Said[];
}

/** One of a list of choices, findable by what is typed. */
interface Option {
  value: string;
  label: string;
  name: string;
  search: string;
  order: number;
}

// ---- a room, as a phone has it (dashboard/pages/room)

/** What a member did. `content` is of the kind: a judgement, weights, a drawing, a vote. */
interface Answer {
  key: string;
  seq: number;
  round: number;
  kind: "judgement" | "weights" | "drawing" | "vote";
  subject: string;
  content: any;
}

interface Outbox {
  version: 1;
  seq: number;
  waiting: Answer[];
  kept: Record<string, Answer>;
  refused: { answer: Answer; sentence: string }[];
}

interface RoomJudgement {
  values: Record<string, number | null>;
  note: string;
}

interface RoomProposal {
  id: string;
  number: string;
  name: string;
  state: string;
  services: string[];
  ubigeos: Ubigeo[];
  /** attributes by which its map is drawn (dashboard/pages/kit/group_map.py) */
  map: Record<string, string>;
  rules: { key: string; name: string; status: string; sentence: string }[];
  figures: { name: string; value: string; unit: string; note: string }[];
}

interface RoomState {
  n: string;
  meeting: { id: string; title: string; department: string; held_on: string };
  room: { round: number; vote: string | null; open_voting: boolean; state: "open" | "closed" };
  me: { participant: string; name: string; role: "member" | "invited" | "observer"; state: "in" | "asked" | "removed"; may_vote: boolean; why_not: string[] } | null;
  who: { id: string; name: string; taken: boolean }[];
  criteria: { key: string; name: string; question: string }[];
  weighable: { key: string; name: string; weight: number }[];
  proposals: RoomProposal[];
  mine: (Omit<Answer, "key"> & { key?: string })[];
}
