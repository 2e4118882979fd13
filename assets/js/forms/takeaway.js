// What is only in this browser, as a file to take along: made here, so that it needs no server.
import { isReady, place } from "../core/facts.js";
import * as File_ from "../core/file.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Current from "../map/current.js";
import * as Address from "../model/address.js";
import * as Unsaved from "./unsaved.js";

// One drawing to read, with the code that draws it anew.
function drawing(c) {
  const names = c.ubigeos.map((u) => `  ${u} ${place.label(u)}`);
  const note = c.note ? [say("takeaway.note", { note: c.note })] : [];
  return [c.name, say("takeaway.code", { code: Address.encode(c.ubigeos) }), ...names, ...note, ""].join("\n");
}

const written = ([title, values]) => [title, ...values.map(([name, value]) => `  ${name}: ${value}`), ""].join("\n");

// Drawings and everything typed and not saved.
export function all() {
  const { drafts } = Current.last;
  const drawings = drafts && isReady() ? drafts.candidates.map(drawing) : [];
  const address = drafts ? [say("takeaway.address", { address: window.location.href }), ""] : [];
  const typed = Unsaved.readable().map(written);
  const body = [say("takeaway.title"), "", ...address, ...drawings, ...typed].join("\n");
  File_.save(File_.nameOf("", say("file.drafts"), "txt"), File_.text(body));
}

Store.offer("keeping.take", all);
