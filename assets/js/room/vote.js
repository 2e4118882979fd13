// Voting, while a vote is open: agree, disagree with a reason, abstain; said again before it counts.
import { say } from "../core/words.js";
import * as Outbox from "../model/outbox.js";
import { all, byId, copy, open, show, tell, write } from "./parts.js";
import * as Phone from "./phone.js";
import * as Sheet from "./sheet.js";
import { proposal } from "./told.js";

const { phone } = Phone;
const NO_ROUND = 0; // a vote is of none

let made = ""; // of what the head was made
const voted = () => phone.state.room.vote;
const about = () => ({ round: NO_ROUND, kind: /** @type {const} */ ("vote"), subject: voted() });
const ballots = () => /** @type {HTMLInputElement[]} */ (all("#vote-form input[name=ballot]"));
const reason = () => /** @type {HTMLTextAreaElement} */ (byId("reason"));
const chosen = () => ballots().find((input) => input.checked)?.value || "";

function head(asked) {
  const node = copy("proposal");
  write(node.querySelector("h3"), asked.name);
  Sheet.disc(node.querySelector(".disc"), asked.number);
  write(node.querySelector(".about"), Sheet.about(asked));
  node.querySelector("[data-see]").addEventListener("click", () => Sheet.openSheet(proposal(asked.id)));
  return node.querySelector(".head");
}

/** Show what changed. */
export function draw() {
  const asked = voted() ? proposal(voted()) : undefined;
  show(byId("no-vote"), !asked);
  show(byId("vote-form"), asked);
  if (!asked) return void (made = "");
  const now = JSON.stringify([phone.code, asked]);
  const given = Outbox.current(phone.box, about());
  if (now !== made) {
    made = now;
    byId("voted-on").replaceChildren(head(asked));
    fill(given ? given.content : phone.drafts.vote?.subject === asked.id ? phone.drafts.vote : { vote: "", reason: "" });
  }
  byId("why-not").replaceChildren(...phone.state.me.why_not.map((why) => Object.assign(document.createElement("li"), { textContent: why })));
  write(byId("how-shown"), say(phone.state.room.open_voting ? "phone.open_voting" : "phone.secret_voting"));
  const ballot = given ? say(`phone.ballot.${given.content.vote}`) : "";
  byId("voted").classList.toggle("kept", Boolean(given) && !Outbox.waits(phone.box, about()));
  write(byId("do-vote"), say(given ? "phone.vote_again" : "phone.do_vote"));
  tell(byId("voted"), given ? say(Outbox.waits(phone.box, about()) ? "phone.voted_waiting" : "phone.voted", { ballot }) : "");
}

function fill({ vote, reason: why }) {
  ballots().forEach((input) => (input.checked = input.value === vote));
  reason().value = why;
  show(byId("vote-reason"), vote === "disagree");
}

/** How the vote stands, in a word. */
export function progress() {
  if (!voted()) return "";
  return say(Outbox.current(phone.box, about()) ? "phone.vote_done" : "phone.vote_open");
}

byId("vote-form").addEventListener("input", () => {
  show(byId("vote-reason"), chosen() === "disagree");
  write(byId("vote-fault"), "");
  Phone.draft("vote", { subject: voted(), vote: chosen(), reason: reason().value });
});

byId("vote-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const why = chosen() === "disagree" ? reason().value.trim() : "";
  const fault = !chosen() ? say("phone.no_ballot") : chosen() === "disagree" && !why ? say("phone.no_reason") : "";
  write(byId("vote-fault"), fault);
  if (fault) return (chosen() ? reason() : ballots()[0]).focus();
  const { number, name } = proposal(voted());
  write(byId("confirm-text"), say("phone.confirming", { number, name, ballot: say(`phone.ballot.${chosen()}`) }));
  tell(byId("confirm-reason"), why);
  const answer = { ...about(), content: { vote: chosen(), reason: why } };
  const dialog = open("confirm");
  byId("confirm-yes").onclick = () => {
    dialog.close();
    Phone.give(answer);
  };
});
