// Files that are made here, so that they need no server, and what they are called.
const MOST = 60;
const LIMA = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Lima", year: "numeric", month: "2-digit", day: "2-digit" });

// "año" without its tilde is another word.
const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\baño(s?)\b/g, "anio$1")
  .normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-")
  .replace(/^-+|-+$/g, "").slice(0, MOST).replace(/-+$/, "");

// `what_kind_YYYY-MM-DD.ext`, as geodata/shared/file_names.py has it; a day is one of Peru, wherever the reader is.
export function nameOf(holds, kind, ending, day) {
  return `${[plain(holds), plain(kind), day || LIMA.format(new Date())].filter(Boolean).join("_")}.${ending}`;
}

/** @param {string} name @param {Blob} blob */
export function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {string} body */
export const text = (body) => new Blob([body], { type: "text/plain;charset=utf-8" });
