// A session that has ended is said once, with what was kept and the way back in.
import { isReady } from "../core/facts.js";
import * as Notices from "../core/notices.js";
import * as Store from "../core/storage.js";
import { say } from "../core/words.js";
import * as Leaving from "./leaving.js";
import * as Takeaway from "./takeaway.js";
import * as Unsaved from "./unsaved.js";

const OVER = 401;
const NAME = "session";

function tell() {
  const things = isReady() ? Leaving.kept() : Unsaved.keptNames();
  const key = Store.isRefused() ? "session.over_not_kept" : things.length ? "session.over_kept" : "session.over";
  // the address of the moment: one may go on drawing meanwhile
  const enter = () => {
    Leaving.go();
    window.location.assign(`/entrar?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  };
  const ways = [["session.again", enter], ...(things.length ? [["keeping.take", Takeaway.all]] : [])];
  Notices.list(NAME, say(key), ways, things).classList.add("session-over");
}

export const pass = (ask) => async (...asked) => {
  const answer = await ask(...asked);
  if (answer.status !== OVER) return answer;
  tell();
  // Dash reads the body of such an answer twice and fails; "nothing to change" it understands
  const address = asked[0].url || `${asked[0]}`;
  return address.includes("_dash-update-component") ? new Response(null, { status: 204 }) : answer;
};
