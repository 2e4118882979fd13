// Lists of choices, ordered by what is typed.
import { dash } from "../core/dash.js";
import * as Current from "../map/current.js";
import * as Drafts from "../model/drafts.js";
import * as Search from "../model/search.js";

dash.search = {
  rank(typed, options) {
    if (!options || !options.length || options[0].order === undefined) return dash.no_update;
    const { drafts } = Current.last;
    const shown = drafts && Drafts.shown(drafts);
    const next = Search.ranked(options, typed, Search.nearnessTo(shown ? shown.ubigeos : []));
    return next.every((option, place) => option === options[place]) ? dash.no_update : next;
  },
};
