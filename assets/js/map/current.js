// The map on the page as it is now: its engine, and what it shows.

export const last = { tool: "sheet", cut: null, view: null, drafts: null, overlays: new Map(), department: null, print: null };

let map = null;
export const take = (made) => (map = made);
/** The engine of the map in sight, null while there is none. */
export const engine = () => (map && map.node.isConnected ? map : null);
