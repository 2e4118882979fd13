// Keep a page on the edition of the data it was laid out on, and tell when a newer one is in use.
//
// Every question to the server carries the page's edition, and is answered from it; the answer names
// the edition in use. Until the page is loaded anew, nothing on it changes by itself.
import * as Notices from "./notices.js";
import { page } from "./page.js";
import { isQuestion } from "./server.js";
import { say } from "./words.js";

const isOfThePage = (url) => /\/_dash-/.test(url) || isQuestion(url);

const NAME = "edition";

function tell(now) {
  if (Notices.stands(NAME)) return;
  const reload = Notices.way(say("edition.reload"), () => window.location.reload());
  Notices.stand(NAME, [say("edition.newer", { was: page.edition, now }), " ", reload]).id = "edition-newer";
}

export const pass = (ask) => async (what, options) => {
  if (!page.edition || !isOfThePage(`${what.url || what}`)) return ask(what, options);
  const headers = new Headers((options || {}).headers);
  headers.set("X-Edition", page.edition);
  const answer = await ask(what, { ...options, headers });
  const now = answer.headers.get("X-Edition-In-Use");
  if (now && now !== page.edition) tell(now);
  else if (now) Notices.settle(NAME);
  return answer;
};
