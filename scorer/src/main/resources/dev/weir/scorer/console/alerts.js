// The list of alerts: a row for each incident, or for alerts of one key that follow each other.
import { apart, count, element, odds, percent, time, value, write } from './format.js';

const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const SPELL_MILLIS = 120000;
const MOST_ROWS = 200;
const ANNOUNCE_MILLIS = 6000;

/** The actual and the expected value; by name where their numbers say nothing. */
function values(part) {
  if (part.expectedText !== undefined) {
    return [part.actualText ?? 'missing', part.expectedText];
  }
  return part.actual === undefined ? ['missing', value(part.expected)] : apart(part.actual, part.expected);
}

function contributions(alert) {
  if (alert.kind === 'SILENCE') {
    return element('p', { class: 'silence', text: alert.status === 'CLOSED'
      ? `Sends again, after ${value(alert.score)} s.`
      : `No record for ${value(alert.score)} s; ${value(alert.threshold)} s are usual at most.` });
  }
  const list = element('ul', { class: 'parts' });
  for (const part of alert.contributions) {
    const [actual, expected] = values(part);
    const fill = element('span');
    fill.style.inlineSize = `${Math.round(100 * Math.min(1, Math.max(0, part.share ?? 0)))}%`;
    list.append(element('li', { title: `${percent(part.share ?? 0)} of the score` },
      element('b', { class: 'feature', text: part.feature }),
      element('span', { class: 'actual', text: actual }), ' ',
      element('span', { class: 'expected' }, element('span', { class: 'soft', text: 'expected ' }), expected), ' ',
      element('span', { class: 'share' },
        element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
        element('span', { class: 'soft', text: percent(part.share ?? 0) }))));
  }
  return list;
}

/** Alerts that share a row. */
class Spell {
  constructor(alert) {
    this.first = alert;
    this.count = 0;
    this.worst = 0;
    this.cells = {
      key: element('th', { role: 'rowheader', scope: 'row' }),
      parts: element('td', { role: 'cell' }),
      when: element('td', { role: 'cell', class: 'when' }),
    };
    this.row = element('tr', { role: 'row' }, ...Object.values(this.cells));
    this.add(alert);
  }

  static name(alert) {
    return [alert.pipeline, alert.topic, alert.kind, alert.incidentId ?? '', alert.key ?? ''].join('\n');
  }

  takes(alert) {
    return alert.incidentId !== undefined || Math.abs(alert.detectionTime - this.alert.detectionTime) < SPELL_MILLIS;
  }

  add(alert) {
    this.alert = alert;
    this.count++;
    this.worst = Math.max(this.worst, SEVERITIES.indexOf(alert.severity));
    this.changed = true;
  }

  draw(several) {
    if (!this.changed) {
      return;
    }
    this.changed = false;
    const alert = this.alert;
    const severity = SEVERITIES[this.worst] ?? 'MEDIUM';
    this.row.className = `severity-${severity.toLowerCase()}${alert.status === 'CLOSED' ? ' closed' : ''}`;
    const about = element('span', { class: 'soft small' });
    if (alert.incidentId !== undefined) {
      const what = alert.status === 'CLOSED' ? 'closed' : 'open';
      about.textContent = alert.anomalousRecords > 0 ? `${what}, ${count(alert.anomalousRecords)} records` : what;
    } else if (this.count > 1) {
      about.textContent = `${count(this.count)} alerts`;
    }
    this.cells.key.replaceChildren(
      element('span', { class: 'name', text: alert.key ?? (alert.kind === 'DRIFT' ? 'drift' : 'no key'), title: alert.key }), ' ',
      element('span', { class: 'level' }, element('span', { class: `badge ${severity.toLowerCase()}`, text: severity.toLowerCase() }), ' ', about));
    const place = [several ? alert.pipeline : '', alert.cell === undefined ? '' : `cell ${alert.cell}`].filter((text) => text !== '');
    if (place.length > 0) {
      this.cells.key.append(element('span', { class: 'soft small', text: place.join(', ') }));
    }
    this.cells.parts.replaceChildren(contributions(alert));
    const start = alert.incidentStart ?? this.first.eventTime;
    this.cells.when.replaceChildren(element('time', { datetime: new Date(alert.eventTime).toISOString(), text: time(alert.eventTime) }));
    if (start !== alert.eventTime) {
      this.cells.when.append(element('span', { class: 'soft small', text: `since ${time(start)}` }));
    }
    if (alert.probability !== undefined) {
      this.cells.when.append(element('span', { class: 'soft small', text: `chance ${odds(alert.probability)}`, title: 'how often a normal record scores as high' }));
    }
    this.cells.when.append(element('span', { class: 'soft small', text: `${alert.topic} ${alert.partition}:${alert.offset}`, title: 'topic, partition and offset of the record' }));
  }
}

export class Alerts {
  constructor(page) {
    this.page = page;
    this.spells = new Map();
    this.order = [];
    this.waiting = [];
    this.next = 0;
    this.several = false;
    this.announcedAt = 0;
    page.pause.addEventListener('click', () => this.toggle());
    page.least.addEventListener('change', () => this.draw());
  }

  clear() {
    this.spells.clear();
    this.order = [];
    this.waiting = [];
    this.next = 0;
    this.page.missed.hidden = true;
    this.draw();
  }

  get paused() {
    return this.page.pause.getAttribute('aria-pressed') === 'true';
  }

  toggle() {
    this.page.pause.setAttribute('aria-pressed', String(!this.paused));
    this.take(this.waiting.splice(0));
  }

  /** Takes what has come; one that has come before, after a reconnection, only once. */
  receive(event, replayed) {
    const fresh = event.alerts.slice(Math.max(0, this.next - event.first));
    this.next = Math.max(this.next, event.first + event.alerts.length);
    if (event.missed > 0) {
      this.missed = (this.missed ?? 0) + event.missed;
      this.page.missed.hidden = false;
      write(this.page.missed, `${count(this.missed)} more came too fast to be shown here; all are in the alerts topic.`);
    }
    if (this.paused) {
      this.waiting.push(...fresh);
      this.waiting.splice(0, this.waiting.length - 1000);
      this.draw();
    } else {
      this.take(fresh);
      if (!replayed) {
        this.announce(fresh);
      }
    }
    return fresh;
  }

  take(alerts) {
    for (const alert of alerts) {
      const name = Spell.name(alert);
      let spell = this.spells.get(name);
      if (spell?.takes(alert)) {
        spell.add(alert);
        this.order.splice(this.order.indexOf(spell), 1);
      } else {
        spell = new Spell(alert);
        this.spells.set(name, spell);
      }
      this.order.unshift(spell);
    }
    for (const old of this.order.splice(MOST_ROWS)) {
      if (this.spells.get(Spell.name(old.alert)) === old) {
        this.spells.delete(Spell.name(old.alert));
      }
    }
    this.draw();
  }

  /** Says the worst of them to a screen reader, and not too often. */
  announce(alerts) {
    if (alerts.length === 0 || Date.now() - this.announcedAt < ANNOUNCE_MILLIS) {
      return;
    }
    this.announcedAt = Date.now();
    const worst = alerts.reduce((a, b) => (SEVERITIES.indexOf(b.severity) > SEVERITIES.indexOf(a.severity) ? b : a));
    const part = worst.contributions[0];
    const detail = part ? `: ${part.feature} ${values(part)[0]}, expected ${values(part)[1]}` : '';
    write(this.page.announcer, `${worst.severity.toLowerCase()} alert on ${worst.key ?? 'records without a key'}${detail}`);
  }

  draw() {
    const least = Number(this.page.least.value);
    const shown = this.order.filter((spell) => spell.worst >= least);
    shown.forEach((spell) => spell.draw(this.several));
    // Rows that have not moved stay as they are, so that focus and selection do, too.
    shown.forEach((spell, i) => {
      if (this.page.rows.children[i] !== spell.row) {
        this.page.rows.insertBefore(spell.row, this.page.rows.children[i] ?? null);
      }
    });
    while (this.page.rows.children.length > shown.length) {
      this.page.rows.lastElementChild.remove();
    }
    this.page.table.hidden = shown.length === 0;
    this.page.none.hidden = shown.length > 0;
    write(this.page.none, this.order.length > 0
      ? 'No alert is that severe.'
      : 'No alerts since the scorer started. They appear here as they come.');
    this.page.waiting.hidden = !this.paused;
    write(this.page.waiting, this.waiting.length === 0 ? 'Paused.' : `Paused; ${this.waiting.length === 1 ? '1 alert is' : `${count(this.waiting.length)} alerts are`} waiting.`);
    write(this.page.pause, this.paused ? 'Go on' : 'Pause');
  }
}
