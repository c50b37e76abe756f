// A card for each pipeline: how it is, what it scores with, its charts.
import { Scores, Throughput } from './charts.js';
import { Drift } from './drift.js';
import { count, date, duration, element, odds, value, write } from './format.js';
import { CellMap } from './map.js';
import { Trial } from './trial.js';

const IDLE_MILLIS = 15000;

function fact(list, name, ...content) {
  const detail = element('dd', {}, ...content);
  list.append(element('div', {}, element('dt', { text: name }), detail));
  return detail;
}

class Card {
  constructor(pipeline) {
    const model = pipeline.model;
    this.state = element('span', { class: 'state' });
    this.warnings = element('ul', { class: 'warnings', hidden: true });
    const facts = element('dl', { class: 'facts' });
    fact(facts, 'Model', element('b', { text: model.model }), ` ${model.version}, ${model.family}`);
    fact(facts, 'Threshold', `score ${value(model.threshold)}, `, element('span', { class: 'soft', text: `which ${odds(model.falseAlarmRate)} normal records reaches` }));
    fact(facts, 'From', `${model.input} `, element('span', { class: 'soft', text: `to ${model.alertsTopic}` }));
    fact(facts, 'Loaded', date(model.loadedAt), element('span', { class: 'soft', text: ` · trained ${date(model.trainedAt)}${model.reloads ? ` · reloads: ${model.reloads}` : ''}` }));
    const names = element('p', { class: 'names' });
    names.textContent = model.features.map((feature) => feature.name).join(', ');
    const features = element('details', {}, element('summary', {
      text: `${count(model.features.length)} feature${model.features.length === 1 ? '' : 's'}${model.window > 1 ? `, windows of ${model.window} records` : ''}`,
    }), names);
    this.refusal = model.lastRefusal;
    this.throughput = new Throughput(pipeline.rates);
    this.scores = new Scores(pipeline);
    this.map = pipeline.map ? new CellMap(pipeline.map) : null;
    const title = element('h3', {}, element('span', { text: model.pipeline }), this.state);
    this.whole = element('article', { class: 'pipeline' }, title, this.warnings, facts, features, this.throughput.whole, this.scores.whole);
    if (this.map) {
      this.whole.append(this.map.whole);
    }
    this.drift = pipeline.driftThreshold === undefined ? null : new Drift(pipeline.driftThreshold);
    this.trial = pipeline.hasTrial ? new Trial() : null;
    for (const part of [this.drift, this.trial]) {
      if (part) {
        this.whole.append(part.whole);
      }
    }
  }

  update(stats, now, ready) {
    this.throughput.add(stats.rate);
    this.scores.draw(stats.recent);
    if (this.map && stats.heat) {
      this.map.draw(stats.heat);
    }
    this.drift?.draw(stats.drift);
    this.trial?.draw(stats.trial);
    const quiet = stats.lastRecord === 0 ? null : now - stats.lastRecord;
    const scoring = ready && quiet !== null && quiet < IDLE_MILLIS;
    this.state.className = `state ${scoring ? 'good' : ready ? 'idle' : 'bad'}`;
    write(this.state, !ready ? 'not ready' : scoring ? 'scoring' : quiet === null ? 'no record yet' : `no record for ${duration(Math.floor(quiet / 5000) * 5000)}`);
    const warnings = [];
    if (this.refusal) {
      warnings.push(`A new bundle was refused, the model before goes on: ${this.refusal}`);
    }
    const seen = stats.scored + stats.rejected;
    if (stats.rejected > 0 && stats.rejected / seen > 0.01) {
      warnings.push(`${count(stats.rejected)} of ${count(seen)} records could not be scored; the dead-letter topic says why.`);
    }
    if (stats.warmingUp > 0 && stats.warmingUp / Math.max(1, stats.scored) > 0.5) {
      warnings.push(`${count(stats.warmingUp)} records came before their key's window was full, and raise no alert.`);
    }
    if (stats.suppressed > 0) {
      warnings.push(`${count(stats.suppressed)} alerts were held back by alerts.incidents.`);
    }
    this.warnings.hidden = warnings.length === 0;
    if (this.shown !== warnings.join()) {
      this.shown = warnings.join();
      this.warnings.replaceChildren(...warnings.map((text) => element('li', { text })));
    }
  }
}

export class Pipelines {
  constructor(list) {
    this.list = list;
    this.cards = new Map();
  }

  /** Draws the cards anew: the page has just connected, or a model was replaced. */
  show(pipelines) {
    this.cards = new Map(pipelines.map((pipeline) => [pipeline.model.pipeline, new Card(pipeline)]));
    const none = element('p', { class: 'empty', text: 'None yet: the scorer is starting. The line at the top says what it waits for.' });
    this.list.replaceChildren(...(this.cards.size === 0 ? [none] : [...this.cards.values()].map((card) => card.whole)));
  }

  update(stats) {
    for (const pipeline of stats.pipelines) {
      this.cards.get(pipeline.name)?.update(pipeline, stats.time, stats.ready);
    }
  }

  alert(alert) {
    if (alert.cell !== undefined) {
      this.cards.get(alert.pipeline)?.map?.alert(alert.cell);
    }
  }
}
