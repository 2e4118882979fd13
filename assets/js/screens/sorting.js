// Tables that are sorted by the heads of their columns (`data-sorts`: which of them). Without a script, and on paper, they
// stand as they were written. A cell that reads otherwise than it is sorted says by what (`data-value`); a row that
// belongs to the one above (`data-below`) goes with it. A table that is drawn anew stands in the order chosen before.
import { page } from "../core/page.js";
import { ordered } from "../model/ordering.js";

const chosen = new Map(); // by table: the column and whether it descends

const bodyOf = (table) => table.tBodies[0];
const headsOf = (table) => [...[...table.tHead.rows].at(-1).cells];

function nameOf(table) {
  const place = table.parentElement.closest("[id], [data-part]");
  const at = place ? [...place.querySelectorAll("table")].indexOf(table) : 0;
  return [window.location.pathname, place && (place.id || place.dataset.part), table.caption ? table.caption.textContent : at].join("|");
}

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell ? cell.dataset.value ?? cell.textContent : "";
}

// Rows as they go together, the first of each sorted by.
function groups(table) {
  const found = [];
  [...bodyOf(table).rows].forEach((row) => ("below" in row.dataset && found.length ? found.at(-1).push(row) : found.push([row])));
  return found;
}

function sort(table, column, descending) {
  headsOf(table).forEach((head, n) => {
    if (!head.hasAttribute("aria-sort")) return;
    head.setAttribute("aria-sort", n !== column ? "none" : descending ? "descending" : "ascending");
  });
  const together = groups(table);
  const order = ordered(together.map(([row]) => keyOf(row, column)), descending, page.language);
  bodyOf(table).append(...order.flatMap((n) => together[n]));
}

function pressed(table, column) {
  const descending = headsOf(table)[column].getAttribute("aria-sort") === "ascending";
  chosen.set(nameOf(table), { column, descending });
  sort(table, column, descending);
}

// Its heads become buttons.
function prepare(table) {
  table.dataset.sortable = "yes";
  const heads = headsOf(table);
  table.dataset.sorts.split(" ").map(Number).filter((column) => heads[column]).forEach((column) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sorts" });
    button.append(...heads[column].childNodes);
    button.addEventListener("click", () => pressed(table, column));
    heads[column].replaceChildren(button);
    heads[column].setAttribute("aria-sort", "none");
  });
  const before = chosen.get(nameOf(table));
  if (before) sort(table, before.column, before.descending);
}

const seen = () => document.querySelectorAll("table[data-sorts]:not([data-sortable])").forEach(prepare);

document.addEventListener("DOMContentLoaded", () => {
  seen();
  new MutationObserver(seen).observe(document.body, { childList: true, subtree: true });
});
