// Read what the document brings for this page; the first thing that is done.
import { page } from "./page.js";

const json = (id) => JSON.parse(document.getElementById(id).textContent);

Object.assign(page, {
  language: document.documentElement.lang || "es",
  words: json("browser-texts"),
  edition: document.documentElement.dataset.edition,
  proposals: json("browser-proposals"),
});
