// Dragging over the bars of a year strip chooses its period; the slider below is the keyboard path.
function yearAt(bars, x) {
  const slots = [...bars.children];
  const hit = slots.find((s) => x <= s.getBoundingClientRect().right) || slots.at(-1);
  return Number(hit.dataset.year);
}

function attachTo(bars) {
  if (bars.dataset.hooked) return;
  bars.dataset.hooked = "yes";
  let start = null;
  bars.addEventListener("pointerdown", (event) => {
    start = yearAt(bars, event.clientX);
    bars.setPointerCapture(event.pointerId);
    mark(bars, [start, start]);
  });
  bars.addEventListener("pointermove", (event) => {
    if (start !== null) mark(bars, ordered(start, yearAt(bars, event.clientX)));
  });
  bars.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const period = ordered(start, yearAt(bars, event.clientX));
    start = null;
    window.dash_clientside.set_props(bars.dataset.slider, { value: period });
  });
}

const ordered = (a, b) => (a <= b ? [a, b] : [b, a]);

/** @param {HTMLElement} bars @param {number[]} period first and last year */
function mark(bars, [first, last]) {
  for (const slot of bars.children) {
    const year = Number(slot.dataset.year);
    slot.classList.toggle("outside", year < first || year > last);
  }
}

export function attach() {
  document.querySelectorAll(".bars").forEach(attachTo);
}

export function show(periods) {
  document.querySelectorAll(".bars").forEach((bars) => {
    const period = periods[bars.dataset.slider];
    if (period) mark(bars, period);
  });
}
