// What the screens beside the map do, in a script of its own that the map need not wait for (`core/along.js`).
import "./screens/backdrops.js";
import "./screens/compare.js";
import "./screens/coverage.js";
import "./screens/data.js";
import "./screens/meetings.js";
import "./screens/plan.js";
import "./screens/plan_paper.js";
import "./screens/propose.js";
import "./screens/register.js";
import "./screens/sensitivity.js";
import "./screens/weighing.js";
import * as PlanMap from "./map/plan_map.js";
import * as Present from "./screens/present.js";

Object.assign(window.amazonia, { planMap: PlanMap, present: Present });
