// Before a person leaves: what is not saved is named, and stays in this browser for them alone.
(function (amazonia) {
  "use strict";

  let isLeaving = false; // it was asked, or the page itself goes on

  window.addEventListener("beforeunload", (event) => {
    if (amazonia.unsaved.inSight().length && !isLeaving) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    const stays = !link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#");
    if (stays || !amazonia.unsaved.inSight().length) return;
    if (window.confirm(amazonia.say("unsaved.leave", { names: amazonia.unsaved.names() }))) {
      // a link inside the application leads on without a new document
      isLeaving = true;
      setTimeout(() => (isLeaving = false), 1000);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // What only this browser has, in words: drawings that the record has not, and forms that were not sent.
  function kept() {
    const drafts = amazonia.drafts.sound(amazonia.keeping.recall("drafts"));
    const n = drafts.candidates.filter((c) => c.ubigeos.length && !isInRecord(c)).length;
    const drawings = n ? [amazonia.say("leaving.drawings", { n })] : [];
    return [...drawings, ...amazonia.unsaved.keptNames()];
  }

  function isInRecord(c) {
    const there = c.replaces && amazonia.proposals.find(c.replaces);
    return Boolean(there) && there.ubigeos.join() === c.ubigeos.join();
  }

  // ---- signing out

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".sign-out") || form.dataset.sure) return;
    const things = amazonia.facts ? kept() : amazonia.unsaved.keptNames();
    if (!things.length) return;
    event.preventDefault();
    ask(form, things);
  }, true);

  function ask(form, things) {
    const { say } = amazonia;
    const box = document.createElement("dialog");
    box.className = "leaving";
    const text = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
    const list = document.createElement("ul");
    list.append(...things.map((each) => text("li", each)));
    const button = (key, does) => Object.assign(text("button", say(key)), { type: "button", className: "button", onclick: does });
    const out = button("leaving.out", () => {
      form.dataset.sure = "yes";
      isLeaving = true;
      form.requestSubmit();
    });
    out.classList.add("primary");
    const row = document.createElement("div");
    row.className = "button-row";
    row.append(out, button("leaving.take", amazonia.takeaway.all), button("leaving.stay", () => box.close()));
    box.append(text("h2", say("leaving.title")), list, text("p", say("leaving.told")), row);
    box.setAttribute("aria-label", say("leaving.title"));
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }

  amazonia.leaving = { kept, go: () => (isLeaving = true) };
})(window.amazonia = window.amazonia || {});
