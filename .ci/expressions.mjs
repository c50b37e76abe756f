// Sends every PromQL expression of the dashboards and of the rules to a Prometheus; each must give data.
//
//   node .ci/expressions.mjs http://127.0.0.1:9090
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const prometheus = process.argv[2];
const folder = fileURLToPath(new URL('../dashboards/grafana/dashboards/', import.meta.url));
const PATIENCE_MS = 150_000;

// What Grafana would put in place of its variables.
const filled = expression => expression
  .replaceAll('$__rate_interval', '1m')
  .replaceAll('$__range', '15m')
  .replace(/\$(application|pipeline|model)\b/g, '.*');

function ofDashboards() {
  const expressions = [];
  const visit = (board, panels) => {
    for (const panel of panels) {
      for (const target of panel.targets ?? []) {
        expressions.push({ place: `${board}: ${panel.title}`, query: filled(target.expr) });
      }
      visit(board, panel.panels ?? []);
    }
  };
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const board = JSON.parse(readFileSync(folder + file, 'utf8'));
    visit(file, board.panels);
    for (const annotation of board.annotations.list) {
      // Empty but for the minute in which another model took over: it must be valid, no more.
      expressions.push({ place: `${file}: annotation ${annotation.name}`, query: filled(annotation.expr), mayBeEmpty: true });
    }
  }
  return expressions;
}

async function get(path, parameters = {}) {
  const answer = await fetch(`${prometheus}${path}?${new URLSearchParams(parameters)}`);
  const json = await answer.json();
  if (json.status !== 'success') {
    throw new Error(json.error);
  }
  return json.data;
}

async function ofRules() {
  const { groups } = await get('/api/v1/rules');
  return groups.flatMap(group => group.rules).map(rule => ({
    place: `rule ${rule.name}`,
    query: rule.query,
    // An alert gives nothing while all is well. What it compares has a recording rule, which must give data.
    mayBeEmpty: rule.type === 'alerting',
  }));
}

async function problem({ query, mayBeEmpty }) {
  try {
    const { result } = await get('/api/v1/query', { query });
    const values = result.map(series => Number(series.value[1]));
    return mayBeEmpty || values.some(value => !Number.isNaN(value)) ? null : result.length === 0 ? 'empty' : 'not a number';
  } catch (e) {
    return e.message;
  }
}

const all = [...ofDashboards(), ...await ofRules()];
const end = Date.now() + PATIENCE_MS;
let open = all;
for (;;) {
  const still = [];
  for (const each of open) {
    each.problem = await problem(each);
    if (each.problem) {
      still.push(each);
    }
  }
  open = still;
  if (open.length === 0 || Date.now() > end) {
    break;
  }
  // Some need a few minutes of records.
  await new Promise(resolve => setTimeout(resolve, 3000));
}
for (const each of open) {
  console.error(`${each.place}: ${each.problem}\n  ${each.query}`);
}
console.log(`${all.length} expressions, ${all.filter(each => each.mayBeEmpty).length} of which may be empty; ${open.length} give nothing`);
process.exit(open.length === 0 && all.length > 50 ? 0 : 1);
