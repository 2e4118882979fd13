// The one way to the server, for what Dash asks and for what our own modules ask.

// From now on each of these sees every question and its answer, the last of them first. pass: (ask) -> ask.
export function begin(passes) {
  window.fetch = passes.reduce((ask, pass) => pass(ask), window.fetch.bind(window));
}

export const request = (address, options) => window.fetch(address, options);

// What lies at an address, read as JSON; throws where it cannot be had.
export async function json(address, options) {
  const answer = await request(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
