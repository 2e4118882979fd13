// What a page has besides data: Dash, Leaflet and the elements of the document. The model is checked without it.

// ---- Dash and Leaflet, as far as they are used; what they hold is theirs, hence `any`

/** A component as Dash's renderer reads it. */
interface Component {
  type: string;
  namespace: string;
  props: Record<string, any>;
}

interface Window {
  amazonia: Record<string, unknown>;
  dash_clientside: any;
  dash_component_api: any;
  /** Leaflet, which comes as a script of its own. */
  L: any;
  Plotly: any;
}

/** What a chart is drawn in. */
interface ChartPlot extends HTMLElement {
  on(event: string, listener: (event: any) => void): void;
}

// ---- the page is a document of HTML: what is looked for in it, or listened to, is one of its elements

interface ParentNode {
  querySelector(selectors: string): HTMLElement;
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
}

interface EventTarget {
  closest(selectors: string): HTMLElement;
  matches(selectors: string): boolean;
  parentElement: HTMLElement;
  dataset: DOMStringMap;
}
