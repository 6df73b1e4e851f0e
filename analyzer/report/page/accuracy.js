// The charts of accuracy: error against memory, and error against the number of ids.
"use strict";

(() => {
  const { style } = report;
  const { families, sizes, numbers } = report.data();

  const lookOf = (family) => report.looks(families.indexOf(family));

  const bytesText = (bytes) => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
    return report.short(bytes / 1024 ** unit) + " " + units[unit];
  };

  // `room`: pixels that a label needs on a horizontal axis.
  const logAxis = (title, callback, bounds, ticks, room) => ({
    type: "logarithmic",
    ...bounds,
    grid: { color: style("rule"), borderColor: style("rule") },
    title: { display: Boolean(title), text: title, color: style("faint") },
    afterBuildTicks: (axis) => {
      axis.ticks = ticks(axis.min, axis.max, axis.isHorizontal() ? axis.width / room : axis.height / 28)
        .map((value) => ({ value }));
    },
    ticks: { color: style("ink"), autoSkip: false, maxRotation: 0, callback },
  });

  // Powers of `base` times the steps, as many as there is room for.
  const ticksOf = (base, sets) => (min, max, most) => {
    let found = [];
    const from = Math.floor(Math.log(min) / Math.log(base));
    const until = Math.ceil(Math.log(max) / Math.log(base));
    for (const { steps, every } of sets) {
      const ticks = [];
      for (let power = from; power <= until; ++power) {
        if (power % every === 0) ticks.push(...steps.map((step) => step * base ** power));
      }
      const inside = ticks.filter((value) => value >= min * 0.999 && value <= max * 1.001);
      if (inside.length <= Math.max(2, most) && inside.length > found.length) found = inside;
      if (found.length >= 2) return found;
    }
    // One size alone: it is in the middle.
    return found.length ? found : [Math.sqrt(min * max)];
  };
  const decimal = ticksOf(10, [
    { steps: [1, 2, 5], every: 1 }, { steps: [1], every: 1 }, { steps: [1], every: 2 }, { steps: [1], every: 4 },
    { steps: [1, 2, 3, 4, 5, 6, 7, 8, 9], every: 1 },
  ]);
  const binary = ticksOf(2, [1, 2, 3, 4, 5, 8, 10].map((every) => ({ steps: [1], every })));

  // A little room around the values.
  const around = (values, factor) => ({
    min: Math.min(...values) / factor,
    max: Math.max(...values) * factor,
  });

  const kinds = {
    theory: { label: "theory", showLine: true, pointRadius: 0 },
    trials: { label: "trials", showLine: false, pointRadius: 5 },
    dump: { label: "dump", showLine: false, pointRadius: 5 },
    largest: { label: "dump, largest", showLine: false, pointRadius: 6, hollow: true },
  };

  const seriesOf = ({ family, kind, points }) => {
    const look = lookOf(family);
    const { label, hollow, ...shape } = kinds[kind];
    const isLine = kind === "theory";
    return {
      family,
      label: family + " " + label,
      data: points.map(([x, y, low, high]) => ({ x, y, low, high })),
      borderColor: look.colour,
      backgroundColor: hollow || isLine ? "transparent" : look.colour,
      borderWidth: hollow ? 2 : 1.5,
      borderDash: isLine ? look.dash : [],
      pointStyle: look.marker,
      pointRotation: look.rotation,
      ...shape,
      // One size alone is no line.
      pointRadius: isLine && points.length === 1 ? 2 : shape.pointRadius,
      pointHoverRadius: shape.pointRadius + 1,
      clip: 8,
    };
  };

  // The intervals as lines that stand on end, broken between two of them.
  const intervalsOf = ({ family, points }) => ({
    family,
    label: "",
    data: points.flatMap(([x, , low, high]) =>
      low && high ? [{ x, y: low }, { x, y: high }, { x, y: null }] : []),
    borderColor: lookOf(family).colour,
    borderWidth: 1.5,
    showLine: true,
    pointRadius: 0,
    pointHoverRadius: 0,
    pointHitRadius: 0,
  });

  const exactLine = (bytes, bounds) => ({
    label: "exact set (" + bytesText(bytes) + ")",
    data: [{ x: bytes, y: bounds.min }, { x: bytes, y: bounds.max }],
    borderColor: style("ink"),
    borderWidth: 2,
    borderDash: [2, 4],
    showLine: true,
    pointRadius: 0,
    pointHoverRadius: 0,
    pointHitRadius: 0,
  });

  // A mark a family, which hides and shows all that belongs to it: kinds are told by their shape.
  const familyLegend = (series, exact) => ({
    ...report.defaults().plugins.legend,
    labels: {
      color: style("ink"),
      usePointStyle: true,
      boxHeight: 9,
      padding: 14,
      generateLabels: (chart) => {
        const shown = families.filter((family) => series.some((one) => one.family === family));
        const items = shown.map((family) => {
          const { colour, marker, rotation } = lookOf(family);
          const datasetIndex = chart.data.datasets.findIndex((set) => set.family === family);
          return {
            text: family, family, fillStyle: colour, strokeStyle: colour, fontColor: style("ink"),
            pointStyle: marker, rotation, lineWidth: 1, datasetIndex, hidden: !chart.isDatasetVisible(datasetIndex),
          };
        });
        if (exact) {
          items.push({
            text: "exact set (" + bytesText(exact) + ")", strokeStyle: style("ink"), fontColor: style("ink"),
            pointStyle: "line", lineWidth: 2, lineDash: [2, 3],
          });
        }
        return items;
      },
    },
    onClick: (event, { family, hidden }, { chart }) => {
      chart.data.datasets.forEach((set, index) => {
        if (family && set.family === family) chart.setDatasetVisibility(index, hidden);
      });
      chart.update();
    },
  });

  const errorText = (value) => report.percent(value, value);

  const sizeChart = ({ exact_bytes: exact, series }) => () => {
    const all = series.flatMap(({ points }) => points);
    const y = around(all.flatMap(([, error, low, high]) => [error, low, high].filter((value) => value > 0)), 1.3);
    const x = around(all.map(([bytes]) => bytes).concat(exact ? [exact] : []), 1.3);
    const datasets = series.map(seriesOf);
    for (const one of series) {
      if (one.kind === "trials" && one.points.some(([, , low]) => low)) datasets.push(intervalsOf(one));
    }
    if (exact) datasets.push(exactLine(exact, y));
    const options = report.defaults();
    options.interaction = { mode: "nearest", intersect: true };
    options.scales = {
      x: logAxis("memory of one sketch", bytesText, x, binary, 70),
      y: logAxis("relative error", (value) => errorText(value), y, decimal),
    };
    options.plugins.legend = familyLegend(series, exact);
    options.plugins.tooltip.callbacks = {
      title: () => "",
      label: ({ dataset, raw }) =>
        `${dataset.label}, ${bytesText(raw.x)}: ${errorText(raw.y)}` +
        (raw.low && raw.high ? ` (${errorText(raw.low)} to ${errorText(raw.high)})` : ""),
    };
    return { type: "scatter", data: { datasets }, options };
  };

  // The lines of a chart against the number of ids; style.css has the same in its keys.
  const contours = [
    { key: "max", label: "largest", dash: [1, 3], width: 1.25 },
    { key: "p99", label: "99 %", dash: [2, 2], width: 1.25 },
    { key: "p95", label: "95 %", dash: [6, 3], width: 1.5 },
    { key: "p50", label: "median", dash: [], width: 1.25 },
    { key: "rmse", label: "RMSE", dash: [], width: 2.5 },
  ];

  const numberChart = (number, x, y) => () => {
    const look = lookOf(number.family);
    const line = (key, label, colour, dash, width) => ({
      label,
      data: number.n.map((n, at) => ({ x: n, y: number[key][at] })),
      borderColor: colour,
      backgroundColor: colour,
      borderDash: dash,
      borderWidth: width,
      showLine: true,
      spanGaps: true,
      pointRadius: number.n.length <= 8 ? 2 : 0,
      pointHoverRadius: 3,
    });
    const datasets = contours
      .filter(({ key }) => number[key].some((value) => value !== null))
      .map(({ key, label, dash, width }) => line(key, label, look.colour, dash, width));
    if (number.theory.some((value) => value !== null)) {
      datasets.push(line("theory", "theory", style("ink"), [8, 3, 2, 3], 1.25));
    }
    const options = report.defaults();
    options.plugins.legend.display = false;
    options.layout.padding.right = 16;
    options.scales = {
      x: logAxis("unique ids", (value) => report.short(value), x, decimal, 45),
      y: logAxis("", (value) => errorText(value), y, decimal),
    };
    options.plugins.tooltip.callbacks = {
      title: (items) => report.grouped(items[0].parsed.x) + " ids",
      label: ({ dataset, raw }) => `${dataset.label}: ${errorText(raw.y)}`,
    };
    return { type: "scatter", data: { datasets }, options };
  };

  sizes.forEach((size, index) => {
    if (size.series.length) report.draw("size-" + index, sizeChart(size));
  });

  const keys = ["theory", ...contours.map(({ key }) => key)];
  const errors = numbers.flatMap((number) => keys.flatMap((key) => number[key])).filter((value) => value > 0);
  if (errors.length) {
    const x = around(numbers.flatMap(({ n }) => n), 1);
    const y = around(errors, 1.1);
    numbers.forEach((number, index) => report.draw("number-" + index, numberChart(number, x, y)));
  }
})();
