// The model on trial beside the live one: how often both say the same.
import { count, element, write } from './format.js';

/** A share that is 100 % or 0 % only if it is so. */
function exact(part, whole) {
  const hundredths = (part / whole) * 100;
  if (part === whole || part === 0) {
    return `${hundredths} %`;
  }
  return `${Math.min(99.99, Math.max(0.01, hundredths)).toFixed(2)} %`;
}

export class Trial {
  constructor() {
    this.name = element('span', { class: 'key' });
    this.numbers = ['Compared', 'Agreement', 'Only the live one', 'Only the one on trial'].map((title) => {
      const number = element('dd');
      return { number, whole: element('div', {}, element('dt', { text: title }), number) };
    });
    this.list = element('dl', { class: 'trial-numbers' }, ...this.numbers.map((each) => each.whole));
    this.caption = element('figcaption');
    this.whole = element('figure', { class: 'chart trial' }, element('h4', {}, 'On trial', this.name), this.list, this.caption);
    this.draw(undefined);
  }

  draw(trial) {
    this.list.hidden = !trial || trial.compared === 0;
    if (!trial) {
      write(this.name, '');
      write(this.caption, 'No bundle that can be used is at shadow.path yet; the live model scores alone.');
      return;
    }
    write(this.name, `${trial.model} ${trial.version}`);
    const agreed = trial.compared - trial.live - trial.shadow;
    const figures = [count(trial.compared), exact(agreed, Math.max(1, trial.compared)), count(trial.live), count(trial.shadow)];
    figures.forEach((text, i) => write(this.numbers[i].number, text));
    const unscored = trial.unscored > 0 ? ` Of ${count(trial.unscored)} it could say nothing.` : '';
    write(this.caption, trial.compared === 0
      ? `No record was judged by both models yet.${unscored}`
      : `Both find ${count(trial.both)} anomalous. Counted since one of the two models took over.${unscored}`);
  }
}
