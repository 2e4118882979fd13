// Maps of other servers on the data screen: offered, removed and tried, the last from here, as every reader's map would.
import { dash } from "../core/dash.js";
import { say } from "../core/words.js";
import { Asking } from "../forms/asking.js";
import * as Backdrop from "../map/backdrop.js";

const AGAIN = "conglomerados.try";
let asking = null;

// What came of the one image that is asked for, said beside the button.
function attempt(button) {
  const { try: address, origin } = button.dataset;
  const place = button.closest("td").querySelector(".backdrop-tried");
  place.className = "backdrop-tried waiting";
  place.textContent = say("backdrops.trying", { origin });
  button.disabled = true;
  const image = new Image();
  const done = (className, text) => {
    button.disabled = false;
    place.className = `backdrop-tried ${className}`;
    place.textContent = text;
  };
  image.referrerPolicy = "strict-origin";
  image.onload = () => done("done", say("backdrops.works", { width: image.naturalWidth, height: image.naturalHeight }));
  image.onerror = () => {
    // offered since this page was sent: the page that is sent now lets it in, and goes on with trying
    if (Backdrop.isRefused(origin) && remember(address) && Backdrop.renew(origin)) return;
    done("error", say("backdrops.fails", { origin }));
  };
  image.src = address;
}

function remember(address) {
  try {
    window.sessionStorage.setItem(AGAIN, address);
    return true;
  } catch (_) {
    return false;
  }
}

function goOn(root) {
  let address = null;
  try {
    address = window.sessionStorage.getItem(AGAIN);
    window.sessionStorage.removeItem(AGAIN);
  } catch (_) {
    return;
  }
  const button = address && [...root.querySelectorAll("[data-try]")].find((each) => each.dataset.try === address);
  if (button) {
    button.scrollIntoView({ block: "center" });
    attempt(button);
  }
}

dash.backdrops = {
  show(answer, rootId, askedId) {
    const root = document.getElementById(rootId);
    const isNew = !asking || asking.root !== root;
    if (isNew) {
      asking = new Asking(root, askedId);
      root.addEventListener("click", ({ target }) => target.closest("[data-try]") && attempt(target.closest("[data-try]")));
    }
    if (answer) asking.receive(answer);
    if (isNew) goOn(root);
    return "shown";
  },
};
