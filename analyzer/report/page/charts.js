// What the charts of all report pages share: colours, axes, redrawing for another scheme or paper.
"use strict";

const report = (() => {
  const dashes = [[], [7, 4], [2, 3], [9, 3, 2, 3], [5, 2], [1, 4]];
  // All but the last can be hollow, which tells one kind of point from another.
  const markers = ["circle", "triangle", "rect", "rectRot", "triangle", "star"];
  const rotations = [0, 0, 0, 0, 180, 0];
  const charts = [];

  const style = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  // The sketches take the colours in turn, and where these are used up other dashes.
  const colours = 6;
  const looks = (index) => ({
    colour: style("series-" + (index % colours)),
    dash: dashes[(index + Math.floor(index / colours)) % dashes.length],
    marker: markers[(index + Math.floor(index / colours)) % markers.length],
    rotation: rotations[(index + Math.floor(index / colours)) % markers.length],
  });

  const translucent = (hex, alpha) =>
    hex + Math.round(alpha * 255).toString(16).padStart(2, "0");

  const data = () => JSON.parse(document.getElementById("chart-data").textContent);

  // As the tables have it: "43,849".
  const grouped = (value) => Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");

  // "950", "1.5 k", "10 M".
  const short = (value) => {
    const prefixes = ["", " k", " M", " G", " T", " P", " E"];
    const unit = value < 1000 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(value) / 3 + 1e-9));
    return Number((value / 1000 ** unit).toPrecision(3)) + prefixes[unit];
  };

  // A fraction as percent, with as many decimals as `step` (a fraction as well) needs.
  const percent = (value, step) => {
    const size = Math.abs(step || value) * 100;
    const decimals = size === 0 ? 0 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(size) + 1e-9)));
    const text = (Math.abs(value) * 100).toFixed(decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
    return (value < 0 && Number(text) !== 0 ? "\u2212" : "") + text + " %";
  };

  const signedPercent = (value) => (value > 0 ? "+" : "") + percent(value);

  const pad = (number) => String(number).padStart(2, "0");

  const dayText = (date) =>
    date.getUTCFullYear() + "-" + pad(date.getUTCMonth() + 1) + "-" + pad(date.getUTCDate());

  const clockText = (date) =>
    pad(date.getUTCHours()) + ":" + pad(date.getUTCMinutes()) +
    (date.getUTCSeconds() ? ":" + pad(date.getUTCSeconds()) : "");

  // Seconds since 1970 as "2016-07-11 13:39".
  const timeText = (seconds) => {
    const date = new Date(seconds * 1000);
    return dayText(date) + (seconds % 86400 === 0 ? "" : " " + clockText(date));
  };

  const timeSteps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200,
    86400, 172800, 604800, 1209600,
  ];

  // Ticks at round times of UTC, at most `most` of them: "13:45", "2016-07-11", "2016-07", "2016".
  // No finer than `least` seconds.
  const timeTicks = (from, until, most, least) => {
    const step = timeSteps.find((seconds) => seconds >= least && (until - from) / seconds <= most);
    const ticks = [];
    if (step) {
      for (let t = Math.ceil(from / step) * step; t <= until; t += step) {
        const date = new Date(t * 1000);
        ticks.push({ value: t, label: step < 86400 && t % 86400 ? clockText(date) : dayText(date) });
      }
      // The first one says of which day it is.
      if (ticks.length && ticks[0].label.includes(":")) {
        ticks[0].label = [ticks[0].label, dayText(new Date(ticks[0].value * 1000))];
      }
      return ticks;
    }
    const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000].find(
      (count) => (until - from) / (count * 2629746) <= most) || 12000;
    const first = new Date(from * 1000);
    let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
    for (; ; month += months) {
      const date = new Date(0);
      date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
      const value = date.getTime() / 1000;
      if (value > until) return ticks;
      if (value < from) continue;
      ticks.push({ value, label: months < 12 ? dayText(date).slice(0, 7) : String(date.getUTCFullYear()) });
    }
  };

  // Isolated points have no line to be seen by; of few points every one is marked.
  const pointRadius = (values) => (context) => {
    const at = context.dataIndex;
    const alone = values[at - 1] == null && values[at + 1] == null;
    return values.length <= 120 ? 3 : alone ? 2 : 0;
  };

  // `span`: {from, until, step} in seconds; step is the shortest distance between two windows.
  const timeAxis = ({ from, until, step }, showLabels) => ({
    type: "linear",
    min: from,
    max: until,
    grid: { color: style("rule"), borderColor: style("rule"), drawTicks: showLabels },
    title: { display: showLabels, text: "start of the window, UTC", color: style("faint") },
    afterBuildTicks: (axis) => {
      axis.ticks = timeTicks(from, until, Math.max(2, Math.floor(axis.width / 75)), step);
    },
    // Labels reach into the padding of the layout, so that all plots are of the same width.
    afterFit: (axis) => {
      axis.paddingLeft = 0;
      axis.paddingRight = 0;
    },
    ticks: {
      display: showLabels,
      color: style("ink"),
      maxRotation: 0,
      autoSkip: false,
      callback: (value, index, ticks) => ticks[index].label,
    },
  });

  // All charts over one time have the same room on their left, so that times stand below times.
  const sameWidth = (axis) => {
    axis.width = 68;
  };

  const defaults = () => ({
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    // Sharp on paper as well.
    devicePixelRatio: Math.max(2, window.devicePixelRatio || 1),
    layout: { padding: { right: 32 } },
    interaction: { mode: "index", intersect: false },
    plugins: {
      legend: {
        position: "top",
        align: "start",
        labels: {
          color: style("ink"),
          boxWidth: 34,
          boxHeight: 0,
          padding: 12,
          sort: (one, other) => one.datasetIndex - other.datasetIndex,
        },
      },
      tooltip: { animation: false },
    },
  });

  // `configure` is called again whenever colours change.
  const draw = (id, configure) => {
    const canvas = document.getElementById(id);
    if (!canvas) return;
    charts.push({ canvas, configure, chart: new Chart(canvas, configure()) });
  };

  const redraw = () => {
    for (const entry of charts) {
      entry.chart.destroy();
      entry.chart = new Chart(entry.canvas, entry.configure());
    }
  };

  // Paper is white and narrower than most screens. 680 px: A4 without its margins.
  const printWidth = 680;
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
    document.documentElement.classList.add("paper");
    redraw();
    for (const { chart, canvas } of charts) chart.resize(printWidth, canvas.parentNode.clientHeight);
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    document.documentElement.classList.remove("paper");
    redraw();
  });

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  return {
    data, defaults, draw, grouped, looks, percent, pointRadius, sameWidth, short, signedPercent, style,
    timeAxis, timeText, translucent,
  };
})();
