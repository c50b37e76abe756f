// Sends every PromQL expression of the dashboards and of the rules to a Prometheus: each must be valid, and must have given data at
// some second since a time.
//
//   node .ci/expressions.mjs http://127.0.0.1:9090 SECONDS     SECONDS: the time, since 1970
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [prometheus, since] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../dashboards/grafana/dashboards/', import.meta.url));
const STEP_S = 1;
const LOOK_EVERY_MS = 5000;
// What happened last is in Prometheus a scrape and an evaluation later.
const PATIENCE_MS = 45_000;
const ANSWER_MS = 10_000;

// What .ci/stack does not bring about. The rules' own tests (dashboards/prometheus/tests) have each of them fire.
const MAY_BE_EMPTY = new Map([
  ['rule WeirNoRecords', 'five minutes without a record'],
  ['rule WeirLagRising', 'a lag that grows for minutes'],
  ['rule WeirAlarmRateFarFromAsked', 'an hour of records'],
  ['rule WeirAlarmRateFarFromAsked, alternative 1', 'an hour of records'],
  ['rule WeirAlarmRateFarFromAsked, alternative 2', 'an hour of records'],
  ['rule WeirScorerDown, alternative 1', 'a scorer that is gone, and still known to the names of the network'],
  ['rule WeirScorerDown, alternative 2', 'a scorer that is gone, and no longer known to the names of the network'],
  ['rule WeirStreamThreadFailed', 'a failed stream thread'],
  ['rule WeirOutage', 'minutes without broker or registry'],
]);

// What Grafana would put in place of its variables.
const filled = expression => expression
  .replaceAll('$__rate_interval', '1m')
  .replaceAll('$__range', '15m')
  .replace(/\$(application|pipeline|model)\b/g, '.+');

/**
 * An expression, and each of its alternatives by itself: one side of an "or" may hide that the other never gives anything.
 *
 * @returns {{place: string, query: string}[]} the whole first
 */
function parts(place, query) {
  const [whole, ...alone] = [query, ...alternatives(query)];
  return [{ place, query: whole }, ...alone.map((each, i) => ({ place: `${place}, alternative ${i + 1}`, query: each }))];
}

/** The expression with one side of an "or" in place of both, for each side of each; none if there is no "or". */
function alternatives(query) {
  const found = [];
  for (const { begin, end, cuts } of operands(query)) {
    const begins = [begin, ...cuts.map(cut => cut.to)];
    const ends = [...cuts.map(cut => cut.from), end];
    for (let i = 0; cuts.length > 0 && i < begins.length; i++) {
      found.push(query.slice(0, begin) + query.slice(begins[i], ends[i]) + query.slice(end));
    }
  }
  return found;
}

/** What stands between parentheses and commas, and where each "or" is in it. What is quoted or in braces is none of it. */
function operands(query) {
  const all = [];
  const open = [{ begin: 0, cuts: [] }];
  const close = at => all.push({ ...open.pop(), end: at });
  let quoted = false;
  let braces = 0;
  for (let at = 0; at < query.length; at++) {
    const letter = query[at];
    if (letter === '"' && query[at - 1] !== '\\') {
      quoted = !quoted;
    } else if (!quoted) {
      braces += letter === '{' ? 1 : letter === '}' ? -1 : 0;
    }
    if (quoted || braces > 0) {
      continue;
    }
    if (letter === '(') {
      open.push({ begin: at + 1, cuts: [] });
    } else if (letter === ')') {
      close(at);
    } else if (letter === ',') {
      close(at);
      open.push({ begin: at + 1, cuts: [] });
    } else {
      const or = /^\s+or\s+(?!on\b|ignoring\b)/.exec(query.slice(at));
      if (or) {
        open.at(-1).cuts.push({ from: at, to: at + or[0].length });
        at += or[0].length - 1;
      }
    }
  }
  close(query.length);
  return all;
}

function ofDashboards() {
  const expressions = [];
  const visit = (board, panels) => {
    for (const panel of panels) {
      for (const target of panel.targets ?? []) {
        expressions.push(...parts(`${board}: ${panel.title}`, filled(target.expr)));
      }
      visit(board, panel.panels ?? []);
    }
  };
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const board = JSON.parse(readFileSync(folder + file, 'utf8'));
    visit(file, board.panels);
    for (const annotation of board.annotations.list) {
      expressions.push(...parts(`${file}: annotation ${annotation.name}`, filled(annotation.expr)));
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
  return groups.flatMap(group => group.rules).flatMap(rule => parts(`rule ${rule.name}`, rule.query));
}

/** What stands against an expression: 'empty', or what Prometheus says of it; nothing if it gave data. */
async function problem({ query }) {
  try {
    const { result } = await get('/api/v1/query_range', { query, start: since, end: Date.now() / 1000, step: STEP_S });
    const values = result.flatMap(series => series.values).map(([, value]) => Number(value));
    return values.some(value => !Number.isNaN(value)) ? null : values.length === 0 ? 'empty' : 'not a number';
  } catch (e) {
    return e.message;
  }
}

const isExcused = each => each.problem === 'empty' && MAY_BE_EMPTY.has(each.place);
const all = [...ofDashboards(), ...await ofRules()];
const end = Date.now() + PATIENCE_MS;
let open = all;
for (;;) {
  for (const each of open) {
    each.problem = await problem(each);
  }
  open = open.filter(each => each.problem);
  if (open.every(isExcused) || Date.now() > end) {
    break;
  }
  await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
}
let wrong = 0;
for (const each of open) {
  if (isExcused(each)) {
    console.log(`${each.place} gave nothing: it takes ${MAY_BE_EMPTY.get(each.place)}`);
  } else {
    wrong++;
    console.error(`${each.place}: ${each.problem}\n  ${each.query}`);
  }
}
console.log(`${all.length} expressions, ${all.length - open.length} gave data`);
process.exit(wrong === 0 && all.length > 50 ? 0 : 1);
