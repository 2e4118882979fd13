// Keep a page on the edition of the data it was laid out on, and tell when a newer one is in use.
//
// Every question to the server carries the page's edition, and is answered from it; the answer names
// the edition in use. Until the page is loaded anew, nothing on it changes by itself.
(function (amazonia) {
  "use strict";

  const own = () => document.documentElement.dataset.edition;
  const isQuestion = (url) => /\/_dash-/.test(url);

  const NAME = "edition";

  function tell(now) {
    if (amazonia.status.stands(NAME)) return;
    const reload = amazonia.status.way(amazonia.say("edition.reload"), () => window.location.reload());
    amazonia.status.stand(NAME, [amazonia.say("edition.newer", { was: own(), now }), " ", reload]).id = "edition-newer";
  }

  const ask = window.fetch;
  window.fetch = async (what, options) => {
    if (!own() || !isQuestion(`${what.url || what}`)) return ask(what, options);
    const headers = new Headers((options || {}).headers);
    headers.set("X-Edition", own());
    const answer = await ask(what, { ...options, headers });
    const now = answer.headers.get("X-Edition-In-Use");
    if (now && now !== own()) tell(now);
    else if (now) amazonia.status.settle(NAME);
    return answer;
  };

  amazonia.edition = { own };
})(window.amazonia = window.amazonia || {});
