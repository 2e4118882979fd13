// A session that has ended is said once, with what was kept and the way back in.
(function (amazonia) {
  "use strict";

  const OVER = 401;
  const NAME = "session";

  function tell() {
    const things = amazonia.facts ? amazonia.leaving.kept() : amazonia.unsaved.keptNames();
    const key = amazonia.keeping.isRefused() ? "session.over_not_kept" : things.length ? "session.over_kept" : "session.over";
    // the address of the moment: one may go on drawing meanwhile
    const enter = () => {
      amazonia.leaving.go();
      window.location.assign(`/entrar?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
    };
    const ways = [["session.again", enter], ...(things.length ? [["keeping.take", amazonia.takeaway.all]] : [])];
    amazonia.notices.stand(NAME, amazonia.say(key), ways, things).classList.add("session-over");
  }

  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (answer.status !== OVER) return answer;
    tell();
    // Dash reads the body of such an answer twice and fails; "nothing to change" it understands
    const address = asked[0].url || `${asked[0]}`;
    return address.includes("_dash-update-component") ? new Response(null, { status: 204 }) : answer;
  };
})(window.amazonia = window.amazonia || {});
