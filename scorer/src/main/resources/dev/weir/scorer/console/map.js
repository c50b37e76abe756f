// A self-organising map, with the cells that win records now.
import { count, element, percent, shape, write } from './format.js';

const SIDE = 10;
const CORNER = SIDE / Math.sqrt(3);
const COLOURS = 12;
const ALERT_MILLIS = 30000;

function hexagon(x, y) {
  const corners = [];
  for (let i = 0; i < 6; i++) {
    const angle = (Math.PI / 3) * i + Math.PI / 6;
    corners.push(`${(x + 0.96 * CORNER * Math.cos(angle)).toFixed(2)} ${(y + 0.96 * CORNER * Math.sin(angle)).toFixed(2)}`);
  }
  return `M${corners.join('L')}Z`;
}

function square(x, y) {
  const half = SIDE * 0.47;
  return `M${x - half} ${y - half}h${2 * half}v${2 * half}h${-2 * half}Z`;
}

export class CellMap {
  constructor(map) {
    this.map = map;
    this.alerted = new Map();
    const hexagonal = map.shape === 'hexagonal';
    const rowHeight = hexagonal ? (SIDE * Math.sqrt(3)) / 2 : SIDE;
    const margin = hexagonal ? CORNER : SIDE / 2;
    const width = SIDE * (map.columns + (hexagonal && map.rows > 1 ? 0.5 : 0));
    const height = rowHeight * (map.rows - 1) + 2 * margin;
    this.cells = [];
    for (let row = 0; row < map.rows; row++) {
      for (let column = 0; column < map.columns; column++) {
        const x = SIDE * (column + 0.5 + (hexagonal && row % 2 === 1 ? 0.5 : 0));
        const y = margin + row * rowHeight;
        this.cells.push(shape('path', { class: 'cell q0', d: hexagonal ? hexagon(x, y) : square(x, y) }, shape('title')));
      }
    }
    this.picture = shape('svg', { viewBox: `-0.5 -0.5 ${width + 1} ${height + 1}`, 'aria-hidden': 'true' }, ...this.cells);
    this.caption = element('figcaption');
    const legend = element('p', { class: 'legend', 'aria-hidden': 'true' }, 'few records', element('i'), 'many records');
    this.whole = element('figure', { class: 'chart map' }, element('h4', { text: 'Map: cells that win records' }), this.picture, legend, this.caption);
  }

  /** An alert's record fell on a cell. */
  alert(cell) {
    this.alerted.set(cell, Date.now());
  }

  draw(heat) {
    const most = Math.max(...heat, 1e-9);
    const total = heat.reduce((sum, n) => sum + n, 0);
    let best = 0;
    heat.forEach((warmth, cell) => {
      best = warmth > heat[best] ? cell : best;
      const path = this.cells[cell];
      const since = Date.now() - (this.alerted.get(cell) ?? 0);
      const colour = warmth < 0.05 ? 0 : 1 + Math.min(COLOURS - 2, Math.floor((warmth / most) * (COLOURS - 1)));
      path.setAttribute('class', `cell q${colour}${since < ALERT_MILLIS ? ' alerted' : ''}`);
      write(path.firstChild, `cell ${cell}: ${count(warmth)} records lately${since < ALERT_MILLIS ? ', with an alert' : ''}`);
    });
    const hit = heat.filter((warmth) => warmth >= 0.05).length;
    write(this.caption, total < 0.5
      ? 'No cell has won a record lately.'
      : `${count(hit)} of ${count(heat.length)} cells win records; cell ${best} wins most, ${percent(heat[best] / total)}. Cells of alerts are outlined.`);
  }
}
