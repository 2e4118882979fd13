// The state of the screen as an address, and back; what cannot be read is told, never guessed.
(function (amazonia) {
  "use strict";

  // Letters that stand for the check of a code: no I, O or Z, which are misread on paper.
  const CHECK = "ABCDEFGHJKLMNPQRSTUVWXY";

  function checkLetter(digits) {
    let rest = 0;
    for (const d of digits) rest = (rest * 10 + Number(d)) % CHECK.length;
    return CHECK[rest];
  }

  function encode(ubigeos) {
    if (!ubigeos.length) return "";
    const groups = new Map();
    for (const u of [...ubigeos].sort()) groups.set(u.slice(0, 4), (groups.get(u.slice(0, 4)) || "") + u.slice(4));
    const body = [...groups].map(([province, tails]) => `${province}-${tails}`).join("+");
    return `${body}.${checkLetter(body.replace(/\D/g, ""))}`;
  }

  // Returns the ubigeos, or throws a sentence key with its fields.
  function decode(code) {
    const text = code.replace(/\s/g, "").toUpperCase();
    if (!text) return [];
    const parts = /^((?:\d{4}-(?:\d{2})+)(?:\+\d{4}-(?:\d{2})+)*)\.([A-Z])$/.exec(text);
    if (!parts) throw ["bad_code", { code }];
    if (checkLetter(parts[1].replace(/\D/g, "")) !== parts[2]) throw ["bad_code_check", { code }];
    const ubigeos = parts[1].split("+").flatMap((group) => {
      const [province, tails] = group.split("-");
      return tails.match(/../g).map((tail) => province + tail);
    });
    const unknown = ubigeos.filter((u) => !amazonia.facts.index.has(u));
    if (unknown.length) throw ["unknown_ubigeo", { ubigeo: unknown.join(", ") }];
    return [...new Set(ubigeos)].sort();
  }

  const SERVICES = { h: "health", e: "education", n: "environment" };
  const initials = (services) => Object.keys(SERVICES).filter((k) => services.includes(SERVICES[k])).join("");

  const packCandidate = (c) =>
    [c.name, encode(c.ubigeos), initials(c.services), c.phase, c.replaces || ""].map(encodeURIComponent).join("~");

  function unpackCandidate(text) {
    const [name, code, services, phase, replaces] = text.split("~").map(decodeURIComponent);
    return {
      name: (name || amazonia.say("candidate_name", { letter: "" })).slice(0, amazonia.drafts.LIMITS.name),
      ubigeos: decode(code || ""),
      services: [...(services || "")].map((k) => SERVICES[k]).filter(Boolean),
      phase: [1, 2, 3].includes(Number(phase)) ? Number(phase) : 1,
      replaces: amazonia.facts.proposals.some((p) => p.id === replaces) ? replaces : null,
      note: "",
    };
  }

  function write(view, drafts) {
    const query = new URLSearchParams();
    if (view.department) query.set("d", view.department);
    query.set("f", view.fill);
    query.set("m", `${view.method}-${view.count}`);
    query.set("o", view.overlays.join("."));
    query.set("pc", view.conflictPeriod.join("-"));
    query.set("ph", view.hazardPeriod.join("-"));
    if (view.hazard) query.set("hz", view.hazard);
    const own = drafts.candidates;
    if (own.length) query.set("c", own.map(packCandidate).join("|"));
    const at = own.findIndex((c) => c.id === drafts.active);
    query.set("a", at >= 0 ? `${at}` : drafts.active);
    return query.toString();
  }

  // What the address asks for: {candidates, active, problems}. The view part is read by the server,
  // which lays the controls out; candidates need the facts, which are here.
  function readCandidates(search) {
    const query = new URLSearchParams(search);
    const problems = [];
    const candidates = [];
    for (const text of (query.get("c") || "").split("|").filter(Boolean).slice(0, amazonia.drafts.LIMITS.candidates)) {
      try {
        candidates.push(unpackCandidate(text));
      } catch (problem) {
        problems.push(Array.isArray(problem) ? problem : ["bad_code", { code: text.slice(0, 60) }]);
      }
    }
    return { candidates, active: query.get("a"), problems };
  }

  amazonia.link = { encode, decode, write, readCandidates };
})(window.amazonia = window.amazonia || {});
