// A session that has ended is said once, with the way back in; what was drawn is in the browser's own store.
(function (amazonia) {
  "use strict";

  const OVER = 401;
  const NAME = "session";

  function tell() {
    if (amazonia.status.stands(NAME)) return;
    const link = amazonia.status.way(amazonia.say("session.again"), "/entrar");
    // the address of the moment: one may go on drawing meanwhile
    link.addEventListener("click", () => {
      link.href = `/entrar?next=${encodeURIComponent(location.pathname + location.search)}`;
    });
    amazonia.status.stand(NAME, [`${amazonia.say("session.over")} `, link]).classList.add("session-over");
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
