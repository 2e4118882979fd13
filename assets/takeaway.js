// What is only in this browser, as a file to take along: made here, so that it needs no server.
(function (amazonia) {
  "use strict";

  function file(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // One drawing to read, with the code that draws it anew.
  function drawing(c) {
    const { say, place, link } = amazonia;
    const names = c.ubigeos.map((u) => `  ${u} ${place.label(u)}`);
    const note = c.note ? [say("takeaway.note", { note: c.note })] : [];
    return [c.name, say("takeaway.code", { code: link.encode(c.ubigeos) }), ...names, ...note, ""].join("\n");
  }

  const written = ([title, values]) => [title, ...values.map(([name, value]) => `  ${name}: ${value}`), ""].join("\n");

  // Drawings and everything typed and not saved.
  function all() {
    const { say } = amazonia;
    const { drafts } = (amazonia.map || {}).last || {};
    const drawings = drafts && amazonia.facts ? drafts.candidates.map(drawing) : [];
    const address = drafts ? [say("takeaway.address", { address: window.location.href }), ""] : [];
    const typed = amazonia.unsaved.readable().map(written);
    file("conglomerados.txt", [say("takeaway.title"), "", ...address, ...drawings, ...typed].join("\n"));
  }

  amazonia.takeaway = { file, all };
})(window.amazonia = window.amazonia || {});
