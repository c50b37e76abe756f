// How far a pipeline's records are from those of the training: a bar for each of the furthest features.
import { count, element, time, write } from './format.js';

/** Indices from 0 to twice the threshold fill a bar; what is beyond fills all of it. */
function width(index, threshold) {
  return `${Math.min(100, (index / (2 * threshold)) * 100).toFixed(1)}%`;
}

function written(index) {
  return index < 0.005 ? '0.00' : index.toFixed(2);
}

export class Drift {
  constructor(threshold) {
    this.threshold = threshold;
    this.state = element('span', { class: 'key' });
    this.list = element('ul', { class: 'indices' });
    this.caption = element('figcaption');
    this.whole = element('figure', { class: 'chart drift' }, element('h4', {}, 'Drift', this.state), this.list, this.caption);
    this.rows = [];
    this.draw(undefined);
  }

  row(i) {
    if (!this.rows[i]) {
      const name = element('span', { class: 'feature' });
      const fill = element('span');
      const number = element('span', { class: 'index' });
      const whole = element('li', {}, name, element('span', { class: 'gauge', 'aria-hidden': 'true' }, fill), number);
      this.rows[i] = { name, fill, number, whole };
      this.list.append(whole);
    }
    return this.rows[i];
  }

  draw(drift) {
    const indices = drift ? [...drift.features, { name: 'scores', index: drift.scores, ofScores: true }] : [];
    this.list.hidden = indices.length === 0;
    indices.forEach(({ name, index, ofScores }, i) => {
      const row = this.row(i);
      const drifted = index >= this.threshold;
      row.whole.className = drifted ? 'drifted' : '';
      write(row.name, ofScores ? 'all scores' : name);
      row.name.classList.toggle('soft', Boolean(ofScores));
      row.fill.style.width = width(index, this.threshold);
      write(row.number, drifted ? `${written(index)}, drifted` : written(index));
    });
    this.rows.splice(indices.length).forEach((row) => row.whole.remove());
    if (!drift) {
      write(this.state, '');
      write(this.caption, 'Nothing is known yet: there are too few records in the window, or another instance adds up.');
      return;
    }
    write(this.state, drift.drifting ? 'unlike the training' : 'like the training');
    const more = drift.known - drift.features.length;
    const others = drift.known === 0 ? ' The bundle does not say how its features were spread.' : more > 0 ? ` ${count(more)} more feature${more === 1 ? '' : 's'} drifted less.` : '';
    write(this.caption, `Population stability index of ${count(drift.records)} records, ${time(drift.from)} to ${time(drift.to)}; the line is at ${this.threshold}.${others}`);
  }
}
