// Proposals of the record follow what is kept there: when an answer of the server says that they are others by now,
// the new ones are asked for and whoever shows them is told.
import { page } from "../core/page.js";
import * as Server from "../core/server.js";
import * as Proposals from "../model/proposals.js";

const ID = "browser-proposals";
const STORE = "shell-proposals";
const WAITS = "shell-waits"; // how much waits for the person, in the menu
let asking = null;

function take(fresh) {
  if (!fresh || fresh.print === Proposals.print()) return;
  page.proposals = fresh;
  if (document.getElementById("main")) window.dash_clientside.set_props(STORE, { data: fresh.print });
}

// One question at a time; a page that cannot have an answer stays as it is until the next one.
export function renew() {
  asking = asking || (async () => {
    try {
      take(await Server.json(document.getElementById(ID).dataset.address, { headers: { "X-Edition": page.edition } }));
    } catch (_) {
      // the next answer will tell again
    } finally {
      asking = null;
    }
  })();
  return asking;
}

export const pass = (ask) => async (what, options) => {
  const answer = await ask(what, options);
  if (!Server.isQuestion(`${what.url || what}`)) return answer;
  const [told, waits] = [answer.headers.get("X-Record"), answer.headers.get("X-Waits")];
  if (waits !== null && document.getElementById(WAITS)) window.dash_clientside.set_props(WAITS, { children: waits, hidden: waits === "0" });
  if (told && told !== Proposals.print()) renew();
  return answer;
};

// Rows of a legend that stand for a look are there while something on the map looks like that.
export function legend() {
  const looks = new Set(Proposals.listed().map((p) => p.look));
  document.querySelectorAll(".legend-row[data-look]").forEach((row) => {
    row.hidden = !looks.has(row.dataset.look);
  });
}
