// Run what the tests ask, one line of JSON each, on modules that are loaded once.
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => {
  const { value, done } = await lines.next();
  return done ? null : JSON.parse(value);
};
const AsyncFunction = (async () => undefined).constructor;

const first = await next();
const load = (name) => import(`${first.modules}/${name}.js`);
const { page } = await load("core/page");
Object.assign(page, first.page);
(await load("model/filling")).fillFacts(first.facts, first.limits);

for (let asked = await next(); asked; asked = await next()) {
  let answer;
  try {
    Object.assign(page, structuredClone(first.page), asked.page); // as before any test
    answer = { made: (await new AsyncFunction("given", "load", asked.source)(asked.given, load)) ?? null };
  } catch (error) {
    answer = { error: error.stack || `${error}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
