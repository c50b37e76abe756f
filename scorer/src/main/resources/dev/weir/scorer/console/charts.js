// The two charts of a pipeline, drawn as SVG. Each has its figures in words below it.
import { count, element, shape, value, write } from './format.js';

const WIDTH = 600;
const HEIGHT = 150;
const SECONDS = 300;

function figure(title) {
  const label = element('h4', { text: title });
  const picture = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const top = element('span', { class: 'top' });
  const axis = element('div', { class: 'axis', 'aria-hidden': 'true' });
  const caption = element('figcaption');
  const whole = element('figure', { class: 'chart' }, label, element('div', { class: 'plot' }, picture, top), axis, caption);
  return { whole, picture, top, axis, caption };
}

/** A round number that is not below. */
function roundUp(number) {
  if (number <= 1) {
    return 1;
  }
  const unit = 10 ** Math.floor(Math.log10(number));
  return [1, 1.5, 2, 3, 4, 5, 7.5, 10].find((step) => step * unit >= number) * unit;
}

/** Records scored in each of the last seconds. */
export class Throughput {
  constructor(rates) {
    this.rates = rates.slice(-SECONDS);
    const parts = figure('Throughput');
    Object.assign(this, parts);
    this.area = shape('path', { class: 'area' });
    this.line = shape('path', { class: 'line', 'vector-effect': 'non-scaling-stroke' });
    this.picture.append(this.area, this.line);
    this.axis.append(element('span', { text: '5 min ago' }), element('span', { text: 'now' }));
    this.draw();
  }

  add(rate) {
    this.rates.push(rate);
    if (this.rates.length > SECONDS) {
      this.rates.shift();
    }
    this.draw();
  }

  draw() {
    const most = Math.max(0, ...this.rates);
    const top = roundUp(most * 1.05);
    const first = SECONDS - this.rates.length;
    const points = this.rates.map((rate, i) => {
      const x = ((first + i) / (SECONDS - 1)) * WIDTH;
      const y = HEIGHT - 1 - (rate / top) * (HEIGHT - 4);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    if (points.length > 0) {
      const from = ((first / (SECONDS - 1)) * WIDTH).toFixed(1);
      this.line.setAttribute('d', `M${points.join('L')}`);
      this.area.setAttribute('d', `M${from} ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z`);
    }
    write(this.top, `${count(top)} /s`);
    const now = this.rates.at(-1) ?? 0;
    write(this.caption, `${count(now)} records a second now; at most ${count(most)} in the last 5 minutes.`);
  }
}

/** Scores of the last minute, beside what the calibration says of normal records. */
export class Scores {
  constructor(pipeline) {
    this.edges = pipeline.edges;
    this.expected = pipeline.expected;
    this.threshold = pipeline.model.threshold;
    this.logarithmic = pipeline.logarithmic;
    Object.assign(this, figure('Scores of the last minute'));
    const width = WIDTH / this.expected.length;
    this.at = this.place(this.threshold) * WIDTH;
    this.bars = this.expected.map((unused, i) => {
      const anomalous = (i + 0.5) * width > this.at;
      return shape('rect', { class: anomalous ? 'bar-anomalous' : 'bar-normal', x: (i * width + 1).toFixed(1), width: (width - 2).toFixed(1), y: HEIGHT, height: 0 });
    });
    this.normal = shape('path', { class: 'normal', 'vector-effect': 'non-scaling-stroke' });
    const line = shape('line', { class: 'threshold', x1: this.at, x2: this.at, y1: 0, y2: HEIGHT, 'vector-effect': 'non-scaling-stroke' });
    this.picture.append(...this.bars, this.normal, line);
    this.whole.querySelector('h4').append(
      element('span', { class: 'key', 'aria-hidden': 'true' },
        element('i', { class: 'swatch-seen' }), 'seen ', element('i', { class: 'swatch-normal' }), 'usual'));
    this.mark = element('span', { class: 'mark', text: `threshold ${value(this.threshold)}` });
    this.mark.style.insetInlineStart = `${Math.min(86, (this.at / WIDTH) * 100)}%`;
    this.axis.append(element('span', { text: value(this.edges[0]) }), this.mark, element('span', { text: value(this.edges.at(-1)) }));
    this.axis.classList.add('with-mark');
  }

  /** Where a score stands, from 0 to 1. */
  place(score) {
    const low = this.edges[0];
    const high = this.edges.at(-1);
    const part = this.logarithmic ? Math.log(score / low) / Math.log(high / low) : (score - low) / (high - low);
    return Math.min(1, Math.max(0, part));
  }

  draw(recent) {
    const total = recent.reduce((sum, n) => sum + n, 0);
    const usual = this.expected.map((share) => share * total);
    // In logarithms, so that a single record beyond the threshold can be seen beside thousands.
    const height = (n) => Math.log10(1 + n);
    const top = Math.max(1, ...recent.map(height), ...usual.map(height)) * 1.06;
    const y = (n) => HEIGHT - (height(n) / top) * HEIGHT;
    this.bars.forEach((bar, i) => {
      bar.setAttribute('y', y(recent[i]).toFixed(1));
      bar.setAttribute('height', (HEIGHT - y(recent[i])).toFixed(1));
    });
    const width = WIDTH / usual.length;
    this.normal.setAttribute('d', usual.map((n, i) => `${i ? 'L' : 'M'}${(i * width).toFixed(1)} ${y(n).toFixed(1)}H${((i + 1) * width).toFixed(1)}`).join(''));
    const beyond = recent.reduce((sum, n, i) => sum + ((i + 0.5) * width > this.at ? n : 0), 0);
    write(this.top, total === 0 ? '' : `${count(Math.max(...recent))} records, log scale`);
    write(this.caption, total === 0
      ? 'No record was scored in the last minute.'
      : `${count(beyond)} of ${count(total)} records at or above the threshold.`);
  }
}
