// The proposals of the record as this page has them. They come with the document; when an answer of the
// server says that they are others by now, the new ones are asked for and whoever shows them is told.
(function (amazonia) {
  "use strict";

  const ID = "browser-proposals";
  const STORE = "shell-proposals";
  const isQuestion = (url) => /\/_dash-update-component/.test(url);

  const element = () => document.getElementById(ID);
  let now = null;
  let asking = null;

  const block = () => (now = now || JSON.parse(element().textContent));
  const all = () => block().proposals;
  const print = () => block().print;
  const find = (id) => all().find((p) => p.id === id);
  // those that stand among the others: on the map and in the lists
  const listed = () => all().filter((p) => p.look);

  // The first screen shows a proposal whose failing rule explains what the page is for.
  function firstId() {
    const [first] = listed();
    return block().shownFirst || (first && first.id) || "";
  }

  function take(fresh) {
    if (!fresh || fresh.print === print()) return;
    now = fresh;
    if (document.getElementById("main")) window.dash_clientside.set_props(STORE, { data: fresh.print });
  }

  const ask = window.fetch;

  // One question at a time; a page that cannot have an answer stays as it is until the next one.
  function renew() {
    asking = asking || (async () => {
      try {
        const answer = await ask(element().dataset.address, { headers: { "X-Edition": amazonia.edition.own() } });
        if (answer.ok) take(await answer.json());
      } catch (_) {
        // the next answer will tell again
      } finally {
        asking = null;
      }
    })();
    return asking;
  }

  window.fetch = async (what, options) => {
    const answer = await ask(what, options);
    if (!isQuestion(`${what.url || what}`)) return answer;
    const told = answer.headers.get("X-Record");
    if (told && told !== print()) renew();
    return answer;
  };

  // Rows of a legend that stand for a look are there while something on the map looks like that.
  function legend() {
    const looks = new Set(listed().map((p) => p.look));
    document.querySelectorAll(".legend-row[data-look]").forEach((row) => {
      row.hidden = !looks.has(row.dataset.look);
    });
  }

  amazonia.proposals = { all, listed, find, print, firstId, renew, legend };
})(window.amazonia = window.amazonia || {});
