// The legend of the fill: one row a class with its range and how many districts it holds.
(function (amazonia) {
  "use strict";

  function range(low, high, decimals, first) {
    const { number, say } = amazonia;
    if (low === high || low === undefined) return first ? say("up_to", { high: number(high, decimals) }) : number(high, decimals);
    return say("range", { low: number(low, decimals), high: number(high, decimals) });
  }

  function row(style, className, text, count) {
    const { html } = amazonia;
    return html("Li", {}, [
      html("Span", { className: `swatch ${className}`, style }, ""),
      html("Span", { className: "legend-range" }, text),
      html("Span", { className: "legend-count" }, `${count}`),
    ]);
  }

  function classes(view, bounds) {
    const { html, say, paint, number } = amazonia;
    const series = amazonia.series.about(view);
    if (!bounds) return html("P", { className: "muted" }, say("cutting"));
    const values = amazonia.series.values(view);
    const colours = paint.classColours(view.count, bounds.length);
    const counts = bounds.map(() => 0);
    let unknown = 0;
    let least = Infinity;
    for (const v of values) {
      const n = paint.classOf(v, bounds);
      if (n < 0) unknown += 1;
      else counts[n] += 1;
      if (v !== null && v < least) least = v;
    }
    const rows = bounds.map((high, n) =>
      row({ backgroundColor: colours[n] }, "", n === 0 && least === high ? number(high, series.decimals) : range(n ? bounds[n - 1] : least, high, series.decimals, n === 0), counts[n]));
    rows.push(row({}, "swatch-no-data", say("no_data"), unknown));
    return [
      html("P", { className: "legend-title" }, [amazonia.series.label(view.fill), html("Span", { className: "muted" }, ` · ${amazonia.series.unit(series)} · ${series.year}`)]),
      html("Ul", { className: "legend-classes" }, rows),
      html("P", { className: "legend-source" }, `${say("source")}: ${series.source}`),
    ];
  }

  amazonia.legend = { classes };
})(window.amazonia = window.amazonia || {});
