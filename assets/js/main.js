// The way in: every module of the map and of all screens that does something by being there, the way to the server, and what
// a console may look at.
import "./core/document.js";
import "./core/accessible.js";
import "./forms/box_forms.js";
import "./map/ahead.js";
import "./map/own.js";
import "./screens/map.js";
import "./core/keys.js";
import "./screens/key.js";
import "./screens/first_steps.js";
import "./forms/leaving.js";
import "./screens/saving.js";
import "./screens/sorting.js";
import "./screens/told.js";
import "./screens/years.js";
import "./screens/lists.js";
import * as First from "./core/first.js";
import * as Along from "./core/along.js";
import * as Edition from "./core/edition.js";
import { facts, place } from "./core/facts.js";
import * as Net from "./core/net.js";
import * as Notices from "./core/notices.js";
import * as Server from "./core/server.js";
import * as Session from "./forms/session.js";
import * as Current from "./map/current.js";
import * as Drawing from "./map/drawing.js";
import * as Engine from "./map/engine.js";
import * as Picture from "./map/picture.js";
import { ready } from "./map/published.js";
import * as Record from "./map/record.js";
import * as Scene from "./map/scene.js";
import * as Address from "./model/address.js";
import * as Drafts from "./model/drafts.js";
import * as Geometry from "./model/geometry.js";
import { number } from "./model/numbers.js";
import * as MapPaper from "./screens/map_paper.js";
import * as Panel from "./screens/panel.js";

Server.begin([Edition.pass, Net.pass, Record.pass, Session.pass, First.passWith(ready), Along.pass]);

window.amazonia = {
  facts, place, number, drafts: Drafts, link: Address, geometry: Geometry, map: { ...Scene, ...Current }, panel: Panel,
  sheet: { ...Engine, ...Drawing }, picture: Picture, paper: MapPaper, notices: Notices,
};
