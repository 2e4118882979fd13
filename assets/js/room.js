// The way in of a phone in the room: no Dash, no charts, and of the maps the one engine.
import "./core/document.js";
import * as Frame from "./room/frame.js";

Frame.begin();
