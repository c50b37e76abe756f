'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const drawn = [];

  const colour = name => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

  function power(exponent) {
    const digits = String(Math.abs(exponent)).replace(/\d/g, d => SUPERSCRIPTS[d]);
    return '10' + (exponent < 0 ? '⁻' : '') + digits;
  }

  // Four significant digits, as in the tables.
  function number(value) {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2);
    return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
  }

  function tick(value) {
    const exponent = Math.log10(Math.abs(value));
    const whole = Math.abs(exponent - Math.round(exponent)) < 1e-9;
    if (value !== 0 && whole && (exponent < -3 || exponent > 5)) return power(Math.round(exponent));
    return number(value);
  }

  // On a logarithmic axis: powers of ten, or 1, 2, 5 of each where there are few of them.
  function logTicks(axis) {
    const from = Math.log10(axis.min);
    const to = Math.log10(axis.max);
    const places = Math.max(3, Math.floor((axis.isHorizontal() ? axis.width / 70 : axis.height / 34)));
    const ticks = [];
    const step = Math.max(1, Math.ceil((to - from) / places));
    const factors = to - from > 2.2 ? [1] : to - from > 0.9 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
    for (let e = Math.floor(from); e <= Math.ceil(to); e++) {
      if (factors.length === 1 && e % step !== 0) continue;
      for (const f of factors) {
        const value = f * 10 ** e;
        if (value >= axis.min * 0.999 && value <= axis.max * 1.001) ticks.push({ value: Number(value.toPrecision(12)) });
      }
    }
    if (ticks.length >= 2) axis.ticks = ticks;
  }

  function axis(spec) {
    const common = {
      title: { display: true, text: spec.title, color: colour('soft'), font: { size: 13 } },
      grid: { color: colour('rule') },
      border: { color: colour('soft') },
      ticks: { color: colour('soft'), font: { size: 12 }, maxRotation: 0, autoSkipPadding: 14, callback: tick },
      min: spec.min,
      max: spec.max,
    };
    if (!spec.log) return { type: 'linear', ...common };
    return { type: 'logarithmic', ...common, afterBuildTicks: logTicks, ticks: { ...common.ticks, autoSkip: true } };
  }

  function dataset(series, index, floor) {
    const line = colour(series.colour);
    const points = series.style === 'points';
    const steps = series.style === 'steps';
    return {
      label: series.name,
      // What is zero stands on the floor of a logarithmic axis.
      data: series.data.map(([x, y]) => ({ x, y: steps ? Math.max(y, floor) : y, value: y })),
      showLine: !points,
      order: -index,
      borderColor: line,
      backgroundColor: steps || points ? line + (steps ? '55' : 'b0') : line,
      borderWidth: points ? 0 : steps ? 1 : 2,
      borderDash: series.style === 'dashed' ? [6, 5] : [],
      stepped: steps ? 'before' : false,
      fill: steps ? 'start' : false,
      pointRadius: points ? (series.data.length > 400 ? 2 : series.data.length > 2 ? 2.5 : 6) : series.data.length === 1 ? 4 : 0,
      pointHitRadius: 6,
    };
  }

  // Straight lines across, with their names beside them.
  const marks = spec => ({
    id: 'marks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea: area, scales } = chart;
      ctx.save();
      ctx.font = '12px ' + getComputedStyle(document.body).fontFamily;
      ctx.strokeStyle = colour('m');
      ctx.fillStyle = colour('m');
      ctx.lineWidth = 1.5;
      ctx.setLineDash([4, 3]);
      spec.forEach((mark, i) => {
        ctx.beginPath();
        if (mark.x !== undefined) {
          const x = scales.x.getPixelForValue(mark.x);
          if (!(x >= area.left - 1 && x <= area.right + 1)) return;
          ctx.moveTo(x, area.top);
          ctx.lineTo(x, area.bottom);
          const left = x + ctx.measureText(mark.name).width + 8 > area.right;
          ctx.textAlign = left ? 'right' : 'left';
          label(mark.name, x + (left ? -5 : 5), area.top + 12 + 16 * i);
        } else {
          const y = scales.y.getPixelForValue(mark.y);
          if (!(y >= area.top - 1 && y <= area.bottom + 1)) return;
          ctx.moveTo(area.left, y);
          ctx.lineTo(area.right, y);
          ctx.textAlign = 'right';
          label(mark.name, area.right - 4, y - 5);
        }
        ctx.stroke();
      });
      ctx.restore();

      function label(text, x, y) {
        ctx.save();
        ctx.setLineDash([]);
        ctx.lineWidth = 4;
        ctx.strokeStyle = colour('paper');
        ctx.strokeText(text, x, y);
        ctx.fillText(text, x, y);
        ctx.restore();
      }
    },
  });

  function draw(figure) {
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const named = spec.series.filter(s => s.data.length > 0);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    return new Chart(figure.querySelector('canvas'), {
      type: 'scatter',
      data: { datasets: named.map((series, i) => dataset(series, i, spec.y.min || 0)) },
      options: {
        animation: false,
        maintainAspectRatio: false,
        devicePixelRatio: Math.max(2, window.devicePixelRatio || 1),
        scales: { x: axis(spec.x), y: axis(spec.y) },
        plugins: {
          legend: {
            display: named.length > 1,
            position: 'bottom',
            labels: { color: colour('ink'), boxWidth: 16, boxHeight: 5, sort: (a, b) => a.datasetIndex - b.datasetIndex },
          },
          tooltip: {
            callbacks: {
              label: at => at.dataset.label + ': ' + spec.x.title + ' ' + number(at.parsed.x) + ', ' + spec.y.title + ' ' + number(at.raw.value),
            },
          },
        },
      },
      plugins: [marks(spec.marks)],
    });
  }

  function drawAll() {
    while (drawn.length) drawn.pop().destroy();
    document.querySelectorAll('figure.chart').forEach(figure => drawn.push(draw(figure)));
  }

  // Two letters a value: which of 4095 steps from the least to the largest it is next to.
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const LEVELS = 12;

  function cellsOf(svg) {
    const { cells, least, most } = svg.dataset;
    return Array.from({ length: cells.length / 2 }, (_, i) => {
      const step = 64 * LETTERS.indexOf(cells[2 * i]) + LETTERS.indexOf(cells[2 * i + 1]);
      return Number(least) + (Number(most) - Number(least)) * (step / 4095);
    });
  }

  // Cells overlap a little, so that no light shines through between them.
  function outline(cell, columns, hexagonal) {
    const row = Math.floor(cell / columns);
    const x = 10 * (cell % columns) + (hexagonal && row % 2 === 1 ? 5 : 0);
    if (!hexagonal) return `M${x} ${10 * row}h10.1v10.1h-10.1z`;
    return `M${x + 5} ${(10 * row * Math.sqrt(0.75)).toFixed(1)}l5.1 2.9v5.9l-5.1 2.9-5.1-2.9v-5.9z`;
  }

  // A self-organising map: each cell says its value, or, where there are many, those of a colour their range.
  function drawMap(map) {
    const columns = Number(map.dataset.columns);
    const hexagonal = map.dataset.shape === 'hexagonal';
    const single = map.dataset.single === 'true';
    const plates = [...map.querySelectorAll('svg[data-cells]')];
    const hits = cellsOf(plates[1]).map(Math.round);
    for (const svg of plates) {
      const names = JSON.parse(svg.dataset.categories || '[]');
      const word = value => !names.length ? number(value) : Math.round(value) < 1 ? '(other)' : names[Math.round(value) - 1];
      const low = Number(svg.dataset.low);
      const high = Number(svg.dataset.high);
      const groups = new Map();
      cellsOf(svg).forEach((value, cell) => {
        const level = low === high ? 0 : Math.max(0, Math.min(LEVELS - 1, Math.floor(LEVELS * (value - low) / (high - low))));
        const key = single ? cell : level;
        const group = groups.get(key) || { level, outlines: [], cells: [], least: value, most: value };
        group.outlines.push(outline(cell, columns, hexagonal));
        group.cells.push(cell);
        group.least = Math.min(group.least, value);
        group.most = Math.max(group.most, value);
        groups.set(key, group);
      });
      for (const group of [...groups.values()].sort((a, b) => a.cells[0] - b.cells[0])) {
        const path = document.createElementNS(svg.namespaceURI, 'path');
        path.setAttribute('class', 'q' + group.level);
        path.setAttribute('d', group.outlines.join(''));
        const title = document.createElementNS(svg.namespaceURI, 'title');
        const range = word(group.least) + (word(group.least) === word(group.most) ? '' : ' to ' + word(group.most));
        title.textContent = single
          ? `cell ${group.cells[0]}: ${range} (${hits[group.cells[0]]} hits)`
          : `${range} (${group.cells.length} cells)`;
        path.append(title);
        svg.append(path);
      }
    }
  }

  document.querySelectorAll('.map').forEach(drawMap);
  drawAll();
  dark.addEventListener('change', drawAll);
  // Paper is white, whatever the screen is.
  window.addEventListener('beforeprint', () => { root.classList.add('print'); drawAll(); });
  window.addEventListener('afterprint', () => { root.classList.remove('print'); drawAll(); });
})();
