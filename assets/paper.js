// Fit the comparison on one printed page, whatever the browser prints it from.
(function () {
  "use strict";

  const PAGE_PX = ((297 - 16) / 25.4) * 96;
  const SMALLEST = 0.5;

  // The rules for paper, put on for a moment so that the page can be measured as it will be printed.
  function onPaper(work) {
    const changed = [];
    for (const sheet of document.styleSheets) {
      for (const rule of rulesOf(sheet)) {
        if (!(rule instanceof CSSMediaRule) || rule.media.mediaText !== "print") continue;
        rule.media.mediaText = "all";
        changed.push(rule);
      }
    }
    try {
      work();
    } finally {
      changed.forEach((rule) => (rule.media.mediaText = "print"));
    }
  }

  function rulesOf(sheet) {
    try {
      return sheet.cssRules;
    } catch (_) {
      return []; // a sheet of another origin, such as a browser extension's
    }
  }

  function fit() {
    const root = document.querySelector(".compare");
    if (!root) return;
    const today = new Date().toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "es-PE", { dateStyle: "long" });
    root.querySelectorAll(".today").forEach((node) => (node.textContent = today));
    const style = root.style;
    const maps = root.querySelector(".compare-maps");
    const lanes = root.querySelector(".lanes");
    const before = { maps: maps.offsetWidth, lanes: [lanes.offsetWidth, lanes.offsetHeight] };
    onPaper(() => {
      style.setProperty("--fit", 1);
      style.setProperty("--maps-zoom", maps.parentElement.querySelector(".compare-maps-room").clientWidth / Math.max(before.maps, 1));
      const paper = root.querySelector(".sheet-of-paper");
      for (let tries = 0, fitting = 1; tries < 4; tries++) {
        const share = PAGE_PX / paper.getBoundingClientRect().height;
        if (share >= 1) break;
        fitting = Math.max(SMALLEST, fitting * share * 0.995);
        style.setProperty("--fit", fitting);
      }
    });
  }

  window.addEventListener("beforeprint", fit);
  window.amazonia = Object.assign(window.amazonia || {}, { paper: { fit } });
})();
