// Sends every PromQL expression of the dashboards and of the rules to a Prometheus, again and again: each must be valid, and must
// have given data at least once.
//
//   node .ci/expressions.mjs http://127.0.0.1:9090 FILE     FILE is put there when nothing more will happen
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [prometheus, over] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../dashboards/grafana/dashboards/', import.meta.url));
const LOOK_EVERY_MS = 3000;
const PATIENCE_MS = 45_000;
const ANSWER_MS = 10_000;

// What .ci/stack does not bring about. The rules' own tests (dashboards/prometheus/tests) have each of them fire.
const MAY_BE_EMPTY = new Map([
  ['rule WeirNoRecords', 'five minutes without a record'],
  ['rule WeirLagRising', 'a lag that grows for minutes'],
  ['rule WeirAlarmRateFarFromAsked', 'an hour of records'],
  ['rule WeirStreamThreadFailed', 'a failed stream thread'],
  ['rule WeirOutage', 'minutes without broker or registry'],
]);

// What Grafana would put in place of its variables.
const filled = expression => expression
  .replaceAll('$__rate_interval', '1m')
  .replaceAll('$__range', '15m')
  .replace(/\$(application|pipeline|model)\b/g, '.+');

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
      expressions.push({ place: `${file}: annotation ${annotation.name}`, query: filled(annotation.expr) });
    }
  }
  return expressions;
}

async function get(path, parameters = {}) {
  const answer = await fetch(`${prometheus}${path}?${new URLSearchParams(parameters)}`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const json = await answer.json();
  if (json.status !== 'success') {
    throw new Error(json.error);
  }
  return json.data;
}

async function ofRules() {
  const { groups } = await get('/api/v1/rules');
  return groups.flatMap(group => group.rules).map(rule => ({ place: `rule ${rule.name}`, query: rule.query }));
}

const pause = () => new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));

/** What stands against an expression: 'empty', or what Prometheus says of it; nothing if it gives data. */
async function problem({ query }) {
  try {
    const { result } = await get('/api/v1/query', { query });
    const values = result.map(series => Number(series.value[1]));
    return values.some(value => !Number.isNaN(value)) ? null : result.length === 0 ? 'empty' : 'not a number';
  } catch (e) {
    return e.message;
  }
}

/** The rules, as soon as there is a Prometheus. */
async function rules() {
  for (;;) {
    try {
      return await ofRules();
    } catch (e) {
      if (existsSync(over)) {
        throw e;
      }
      await pause();
    }
  }
}

const all = [...ofDashboards(), ...await rules()];
let open = all;
let end = Infinity;
for (;;) {
  for (const each of open) {
    each.problem = await problem(each);
  }
  open = open.filter(each => each.problem);
  if (end === Infinity && existsSync(over)) {
    end = Date.now() + PATIENCE_MS;
  }
  const isExcused = each => each.problem === 'empty' && MAY_BE_EMPTY.has(each.place);
  if (end !== Infinity && (open.every(isExcused) || Date.now() > end)) {
    break;
  }
  await pause();
}
let wrong = 0;
for (const each of open) {
  const reason = each.problem === 'empty' && MAY_BE_EMPTY.get(each.place);
  if (reason) {
    console.log(`${each.place} gave nothing: it takes ${reason}`);
  } else {
    wrong++;
    console.error(`${each.place}: ${each.problem}\n  ${each.query}`);
  }
}
console.log(`${all.length} expressions, ${all.length - open.length} gave data`);
process.exit(wrong === 0 && all.length > 50 ? 0 : 1);
