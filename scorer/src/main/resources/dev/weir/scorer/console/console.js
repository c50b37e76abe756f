// The page: listens to the scorer's events, and hands them to its parts.
import { Alerts } from './alerts.js';
import { count, duration, percent, write } from './format.js';
import { Pipelines } from './pipelines.js';

const AGAIN_MILLIS = 5000;
const find = (id) => document.getElementById(id);

const alerts = new Alerts({
  table: find('alert-table'), rows: find('alert-rows'), none: find('no-alerts'), waiting: find('waiting'),
  missed: find('missed'), pause: find('pause'), least: find('least'), announcer: find('announcer'),
});
const pipelines = new Pipelines(find('pipeline-list'));
let instance = null;
let replaying = true;

function status(kind, text) {
  find('status').className = `status ${kind}`;
  write(find('status-text'), text);
}

function sum(stats, of) {
  return stats.pipelines.reduce((total, pipeline) => total + of(pipeline), 0);
}

function hello(event) {
  if (instance !== event.instance) {
    instance = event.instance;
    alerts.clear();
  }
  alerts.several = event.pipelines.length > 1;
  write(find('application'), event.application);
  document.title = `${event.application} · Weir console`;
  pipelines.show(event.pipelines);
}

const STATES = { RUNNING: 'waiting for partitions', REBALANCING: 'rebalancing', CREATED: 'starting', ERROR: 'stopped after an error', PENDING_ERROR: 'stopping after an error', PENDING_SHUTDOWN: 'stopping', NOT_RUNNING: 'stopped' };

function stats(event) {
  status(event.ready ? 'good' : 'bad', event.ready ? 'Scoring' : `Not ready: ${STATES[event.state] ?? event.state}`);
  pipelines.update(event);
  write(find('rate'), count(sum(event, (p) => p.rate)));
  write(find('scored'), `${count(sum(event, (p) => p.scored))} scored`);
  const delays = event.pipelines.map((p) => p.delayMillis).filter((millis) => millis !== undefined);
  write(find('delay'), delays.length === 0 ? '–' : duration(Math.max(...delays)));
  write(find('lag'), event.lag === undefined ? '' : event.lag === 0 ? 'none waiting' : `${count(event.lag)} waiting`);
  const bySeverity = (severity) => sum(event, (p) => p.alerts[severity] ?? 0);
  write(find('alert-count'), count(sum(event, (p) => Object.values(p.alerts).reduce((a, b) => a + b, 0))));
  const worst = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].filter((severity) => bySeverity(severity) > 0).slice(0, 2);
  write(find('severities'), worst.map((severity) => `${count(bySeverity(severity))} ${severity.toLowerCase()}`).join(', '));
  const rejected = sum(event, (p) => p.rejected);
  write(find('rejected'), count(rejected));
  const seen = rejected + sum(event, (p) => p.scored);
  write(find('rejected-share'), seen === 0 ? '' : `${rejected === 0 ? 'none' : percent(rejected / seen)} of records`);
}

function received(event) {
  const fresh = alerts.receive(event, replaying);
  if (!replaying) {
    fresh.forEach((alert) => pipelines.alert(alert));
  }
  replaying = false;
}

function connect() {
  const source = new EventSource('/events');
  const on = (name, handler) => source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  on('hello', hello);
  on('stats', stats);
  on('alerts', received);
  source.addEventListener('open', () => {
    replaying = true;
  });
  source.addEventListener('error', () => {
    status('bad', 'No connection to the scorer; trying again');
    // The browser tries again by itself, unless the answer was an error.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, AGAIN_MILLIS);
    }
  });
}

connect();
