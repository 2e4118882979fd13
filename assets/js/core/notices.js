// What has to be known until it is dealt with, and what can be done about it: a sentence, what it is about, buttons.
import * as Status from "./status.js";
import { say } from "./words.js";

const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

// ways: [key of the words, what a press does], each.
export function stand(matter, sentence, ways = [], things = []) {
  const list = document.createElement("ul");
  list.append(...things.map((each) => made("li", each)));
  const buttons = ways.map(([key, does]) => Status.way(say(key), does));
  return Status.stand(matter, [made("p", sentence), ...(things.length ? [list] : []), ...buttons]);
}

export const drop = (matter) => Status.settle(matter);
