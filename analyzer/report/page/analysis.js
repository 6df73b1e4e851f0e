// The charts of analyze: counts over time, and below them a strip of errors for each sketch.
"use strict";

(() => {
  const { style } = report;

  const points = (times, values) => times.map((x, index) => ({ x, y: values[index] }));

  const spanOf = (times) => ({
    from: times[0],
    until: times[times.length - 1],
    step: times.reduce(
      (least, time, at) => (at && time > times[at - 1] ? Math.min(least, time - times[at - 1]) : least), Infinity),
  });

  const line = (label, times, values, look) => ({
    label,
    data: points(times, values),
    borderColor: look.colour,
    backgroundColor: look.colour,
    borderDash: look.dash,
    borderWidth: look.width,
    pointStyle: look.marker,
    pointRotation: look.rotation,
    pointRadius: report.pointRadius(values),
    pointHoverRadius: 4,
    spanGaps: false,
    clip: 6,
  });

  const countsChart = (length, span) => () => {
    const { t, exact, estimates } = length.counts;
    const datasets = [];
    if (exact) {
      const look = { colour: style("ink"), dash: [], marker: "circle", width: 2.5 };
      datasets.push({ ...line("exact", t, exact, look), order: 1 });
    }
    estimates.forEach((values, index) =>
      datasets.push(line(length.sketches[index], t, values, { ...report.looks(index), width: 1.5 })));
    const options = report.defaults();
    options.scales = {
      x: report.timeAxis(span, true),
      y: {
        beginAtZero: true,
        afterFit: report.sameWidth,
        grid: { color: style("rule"), borderColor: style("rule") },
        ticks: { color: style("ink"), callback: report.grouped, precision: 0 },
        title: { display: true, text: "unique ids", color: style("faint") },
      },
    };
    options.plugins.tooltip.callbacks = {
      title: (items) => report.timeText(items[0].parsed.x) + " UTC",
      label: (item) => item.dataset.label + ": " + report.grouped(item.parsed.y),
    };
    return { type: "line", data: { datasets }, options };
  };

  const roundUp = (value) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 0.999);
  };

  const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value || 0)), 0);

  // The range of each strip; that of a wider one, where no more than half of it is left empty.
  const boundsOf = (strips) => {
    const own = strips.map(({ error, rse }) => roundUp(Math.max(largest(error), 2 * largest(rse), 1e-6)));
    return own.map((bound) => Math.max(...own.filter((other) => other <= 2 * bound)));
  };

  const stripChart = (length, index, span, bound, isLast) => () => {
    const { t, error, rse } = length.errors[index];
    const look = report.looks(index);
    const band = (label, sign, fill) => ({
      label,
      data: points(t, rse.map((value) => (value == null ? null : 2 * sign * value))),
      borderColor: report.translucent(look.colour, 0.55),
      borderWidth: 1,
      borderDash: [3, 3],
      backgroundColor: report.translucent(look.colour, 0.13),
      fill,
      pointRadius: 0,
      pointHoverRadius: 0,
      spanGaps: false,
    });
    const options = report.defaults();
    options.plugins.legend.display = false;
    options.scales = {
      x: report.timeAxis(span, isLast),
      y: {
        min: -bound,
        max: bound,
        afterFit: report.sameWidth,
        grid: {
          borderColor: style("rule"),
          color: (context) => style(context.tick && context.tick.value === 0 ? "faint" : "rule"),
        },
        afterBuildTicks: (axis) => {
          axis.ticks = [-bound, -bound / 2, 0, bound / 2, bound].map((value) => ({ value }));
        },
        ticks: {
          color: style("ink"),
          autoSkip: false,
          callback: (value) => (value > 0 ? "+" : "") + report.percent(value, bound / 2),
        },
      },
    };
    options.plugins.tooltip.callbacks = {
      title: (items) => report.timeText(items[0].parsed.x) + " UTC",
      label: (item) => item.dataset.label + ": " + report.signedPercent(item.parsed.y),
    };
    const error_line = line("error", t, error, { ...look, dash: [], width: 1.25 });
    return {
      type: "line",
      data: { datasets: [error_line, band("+2σ", 1, "+1"), band("−2σ", -1, false)] },
      options,
    };
  };

  report.data().forEach((length, number) => {
    if (length.counts.t.length < 2) return;
    const span = spanOf(length.counts.t);
    report.draw("counts-" + number, countsChart(length, span));
    const drawn = length.errors.map((errors, index) => (errors.t.length ? index : -1)).filter((i) => i >= 0);
    const bounds = boundsOf(length.errors);
    for (const index of drawn) {
      report.draw(`errors-${length.label}-${index}`,
        stripChart(length, index, span, bounds[index], index === drawn[drawn.length - 1]));
    }
  });
})();
