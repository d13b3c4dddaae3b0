// npm run bench [-- --all]: whole processes in turn, A B A B ..., after one of each to warm up; medians and their ratio.
// The other side of a check is the very query that `tidemark explain` prints, run by a bare script.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, table, wide } from './data.js';

const RUNS = 5;
const bin = fileURLToPath(new URL('../bin/tidemark.js', import.meta.url));
const query = fileURLToPath(new URL('query.js', import.meta.url));
const store = join(folder, 'store');
const hasTime = existsSync('/usr/bin/time');

function once([program, ...args]) {
  const timed = hasTime ? ['/usr/bin/time', '-f', 'peak %M', program, ...args] : [program, ...args];
  const start = performance.now();
  const { stdout, stderr } = spawnSync(timed[0], timed.slice(1), { encoding: 'utf8', maxBuffer: 1e9 });
  const seconds = (performance.now() - start) / 1000;
  return { seconds, inside: Number(stdout), peak: Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024 };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function compare(what, target, ours, theirs) {
  const [a, b] = [[], []];
  for (let run = 0; run <= RUNS; run++) {
    const pair = [once(ours), once(theirs)];
    if (run === 0) continue;
    a.push(pair[0]);
    b.push(pair[1]);
  }
  const [mine, other] = [a, b].map((side) => median(side.map(({ seconds }) => seconds)));
  const inside = median(b.map((run) => run.inside));
  const row = { what, tidemark: mine.toFixed(2), other: other.toFixed(2), ratio: (mine / other).toFixed(2), target };
  const alone = inside > 0 ? (mine / inside).toFixed(2) : '';
  console.log(
    Object.values({ ...row, alone, peak: Math.max(...a.map(({ peak }) => peak)).toFixed(0) })
      .map((cell, index) => String(cell).padEnd(index === 0 ? 46 : 10))
      .join(''),
  );
}

const tidemark = (...args) => [process.execPath, bin, ...args, '--store', store];
const bare = (code) => [process.execPath, '--input-type=module', '-e', code];

/** Saves a snapshot of the file and writes the query of its check to a file of its own. */
function prepare(file, model) {
  execFileSync(process.execPath, [
    bin,
    'snapshot',
    file,
    '--model',
    model,
    '--api-version',
    '1',
    '--store',
    store,
    '--force',
  ]);
  const explained = execFileSync(process.execPath, [bin, 'explain', file, '--model', model, '--store', store], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const sql = join(folder, `${model}.sql`);
  writeFileSync(sql, explained.replace(/^-- .*$/gm, '').replace(/;\s*$/, ''));
  return sql;
}

function rules() {
  const numbers = [...Array.from({ length: 11 }, (_, i) => `d${i}`), 'score'];
  const lines = numbers.flatMap((column) => [
    `expect_column_values_to_be_between: { column: ${column}, min_value: $q05, max_value: $q95, mostly: 0.85 }`,
    `expect_column_mean_to_be_between: { column: ${column}, min_value: $mean - $std, max_value: $mean + $std }`,
    `expect_column_min_to_be_between: { column: ${column}, min_value: $min - 1 }`,
    `expect_column_max_to_be_between: { column: ${column}, max_value: $max + 1 }`,
    `expect_column_quantile_values_to_be_between: { column: ${column}, quantile_ranges: { quantiles: [0.05, 0.5, 0.95], value_ranges: [[$q04, $q06], [$q49, $q51], [$q94, $q96]] } }`,
    `expect_column_values_to_not_be_null: { column: ${column}, mostly: 0.9 }`,
  ]);
  const file = join(folder, 'rules-73.yaml');
  writeFileSync(
    file,
    `expectations:\n${[...lines, 'expect_column_values_to_be_in_set: { column: country, value_set: $values }'].map((line) => `  - ${line}\n`).join('')}`,
  );
  return file;
}

console.log(
  ['what', 'tidemark', 'other', 'ratio', 'target', '/ query', 'peak MB']
    .map((cell, index) => cell.padEnd(index === 0 ? 46 : 10))
    .join(''),
);
const duckdb =
  "import { DuckDBInstance } from '@duckdb/node-api'; const c = await (await DuckDBInstance.create()).connect();";
compare('--help, against node -e 0', '0.15 s', [process.execPath, bin, '--help'], bare('0'));
const small = await table(1000, 'csv');
prepare(small, 'small');
compare(
  'check of 1,000 rows, against select 1',
  '1.6',
  tidemark('check', small, '--model', 'small'),
  bare(`${duckdb} await c.runAndReadAll('select 1')`),
);
for (const ending of ['parquet', 'csv']) {
  const file = await table(1_000_000, ending);
  const sql = prepare(file, ending);
  compare(`check of 1 million rows, ${ending}`, '1.3', tidemark('check', file, '--model', ending), [
    process.execPath,
    query,
    sql,
  ]);
  compare(`with 73 rules, ${ending}`, '1.6', tidemark('check', file, '--model', ending, '--rules', rules()), [
    process.execPath,
    query,
    sql,
  ]);
  compare(
    `snapshot, against SUMMARIZE, ${ending}`,
    '0.7',
    tidemark('snapshot', file, '--model', `again-${ending}`, '--api-version', '1', '--force'),
    bare(`${duckdb} await c.runAndReadAll("SUMMARIZE SELECT * FROM '${file}'")`),
  );
}
if (process.argv.includes('--all')) {
  const large = await table(5_000_000, 'parquet');
  compare('check of 5 million rows', '1.3', tidemark('check', large, '--model', 'large'), [
    process.execPath,
    query,
    prepare(large, 'large'),
  ]);
  const broad = await wide();
  compare('check of 1,000 columns x 100,000 rows', '1.5', tidemark('check', broad, '--model', 'broad'), [
    process.execPath,
    query,
    prepare(broad, 'broad'),
  ]);
}
rmSync(store, { recursive: true, force: true });
