import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { inRepository } from '../support/repository.js';
import { temporaryFolderForAll } from '../support/temp.js';

const folder = temporaryFolderForAll();
const run = (...args: string[]) => runCli(args, { cwd: folder });
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const saved = join('.tidemark', 'fares', '1.0.0.json');

beforeAll(async () => {
  for (const name of ['train.csv', 'healthy.csv']) copyFileSync(inRepository('demo', name), join(folder, name));
  await run('snapshot', 'train.csv', '--model', 'fares', '--api-version', '1.0.0');
});

/** One clear message on stderr, nothing on stdout, exit code 2, no stack trace. */
async function expectRefusal(args: readonly string[], ...said: (string | RegExp)[]): Promise<void> {
  const { code, stdout, stderr } = await run(...args);
  for (const part of said) expect(stderr).toMatch(part);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

describe('data that cannot be judged', () => {
  const parquet = inRepository('fixtures', 'train.parquet');
  it.each([
    ['a missing file', () => 'healthi.csv', /no file healthi\.csv[\s\S]*Did you mean healthy\.csv/],
    ['an empty file', () => write('empty.csv', ''), /empty\.csv is empty/],
    ['a header only', () => write('header.csv', 'fare,payment\n'), /no rows/],
    ['duplicate column names', () => write('twice.csv', 'fare,fare\n1,2\n'), /two columns named fare/],
    ['a binary file named .csv', () => write('binary.csv', Buffer.from([1, 0, 2, 0, 3, 0, 255])), /binary, not CSV/],
    ['Parquet named .csv', () => write('parquet.csv', readFileSync(parquet)), /holds Parquet/],
    ['truncated Parquet', () => write('cut.parquet', readFileSync(parquet).subarray(0, 3000)), /cut off/],
    ['a row with too many fields', () => write('long.csv', 'a,b\n1,2\n1,2,3\n4,5\n'), /line 3/],
    ['an unknown ending', () => write('data.xyz', 'a'), /no format that tidemark knows/],
    ['a server of a later version', () => 'postgres://me:secret@db/x?table=y', /cannot be read by this version/],
  ])('%s', async (_, make, said) => {
    await expectRefusal(['check', make(), '--no-color'], said);
  });

  it('never prints a password', async () => {
    const { stderr } = await run('check', 'postgres://me:secret@db/x?table=y');
    expect(stderr).not.toContain('secret');
  });

  it('zero rows in the window', async () => {
    await expectRefusal(
      ['check', 'healthy.csv', '--event-time', 'pickup_datetime', '--since', '2099-01-01'],
      /no rows in this window/,
    );
  });

  it('a condition that is no condition, or more than one', async () => {
    await expectRefusal(['check', 'healthy.csv', '--where', 'farre > 1'], /--where/);
    await expectRefusal(['check', 'healthy.csv', '--where', "1=1); COPY (SELECT 1) TO 'stolen.csv'; --"], /.+/);
    expect(readdirSync(folder)).not.toContain('stolen.csv');
  });
});

describe('columns that hold nothing, or one thing', () => {
  it('judges an all-null and a constant column without false alarm', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `${index},,7,${index % 3}`).join('\n');
    write('plain.csv', `id,nothing,seven,some\n${rows}\n`);
    expect((await run('compare', 'plain.csv', 'plain.csv')).code).toBe(0);
  });

  it('finds a column that became all null', async () => {
    const head = 'id,x\n';
    write('full.csv', head + Array.from({ length: 200 }, (_, index) => `${index % 7},${index % 5}`).join('\n'));
    write('null.csv', head + Array.from({ length: 200 }, (_, index) => `${index % 7},`).join('\n'));
    const { code, stdout } = await run('compare', 'full.csv', 'null.csv');
    expect(stdout).toContain('every value is missing');
    expect(code).toBe(1);
  });

  it('finds missing and new columns', async () => {
    write('one.csv', 'a,b\n1,2\n2,3\n');
    write('other.csv', 'a,c\n1,2\n2,3\n');
    const { code, stdout } = await run('compare', 'one.csv', 'other.csv');
    expect(stdout).toContain('the column is missing');
    expect(stdout).toContain('the column is new');
    expect(code).toBe(1);
  });
});

describe('snapshots', () => {
  it('are not replaced without --force', async () => {
    await expectRefusal(['snapshot', 'train.csv', '--model', 'fares', '--api-version', '1.0.0'], /already/, /--force/);
  });

  it('edited by hand are refused', async () => {
    const text = readFileSync(join(folder, saved), 'utf8');
    write('edited.json', text.replace('"row_count": 3000', '"row_count": 3001'));
    await expectRefusal(['check', 'healthy.csv', '--snapshot', 'edited.json'], /changed after it was saved/);
  });

  it('cut off are refused', async () => {
    write('cut.json', readFileSync(join(folder, saved), 'utf8').slice(0, 500));
    await expectRefusal(['check', 'healthy.csv', '--snapshot', 'cut.json'], /not a whole snapshot/);
  });

  it('of a newer format are refused', async () => {
    write('newer.json', readFileSync(join(folder, saved), 'utf8').replace('"format": 1', '"format": 99'));
    await expectRefusal(['check', 'healthy.csv', '--snapshot', 'newer.json'], /format 99/);
  });

  it('that are not there are named, with those that are', async () => {
    await expectRefusal(
      ['check', 'healthy.csv', '--model', 'fares', '--api-version', '9'],
      /no snapshot of fares 9[\s\S]*fares 1\.0\.0/,
    );
  });

  it('are not half-written where the store is in the way', async () => {
    write('taken', 'a file');
    await expectRefusal(
      ['snapshot', 'train.csv', '--model', 'm', '--api-version', '1', '--store', 'taken'],
      /cannot be saved/,
    );
    mkdirSync(join(folder, 'empty-store'));
    await expectRefusal(
      ['snapshot', 'train.csv', '--model', '../m', '--api-version', '1', '--store', 'empty-store'],
      /file name/,
    );
    expect(readdirSync(join(folder, 'empty-store'))).toEqual([]);
  });
});

describe('rules that do not fit', () => {
  const check = (yaml: string): readonly string[] => ['check', 'healthy.csv', '--rules', write('rules.yaml', yaml)];
  const rule = (text: string): string => `model: fares\nexpectations:\n  - ${text}\n`;

  it.each([
    [
      'a misspelt rule',
      rule('expect_column_values_to_be_betwen: { column: fare, min_value: 1 }'),
      /rules\.yaml:3:5: [\s\S]*expect_column_values_to_be_between/,
    ],
    [
      'a misspelt kwarg',
      rule('expect_column_values_to_be_between: { column: fare, min_valu: 1 }'),
      /rules\.yaml:3:\d+: [\s\S]*min_value/,
    ],
    ['a misspelt key', 'modle: fares\n', /rules\.yaml:1:1: [\s\S]*model/],
    [
      'mostly in percent',
      rule('expect_column_values_to_not_be_null: { column: fare, mostly: 90 }'),
      /90 percent is 0\.9/,
    ],
    [
      'a minimum above the maximum',
      rule('expect_column_values_to_be_between: { column: fare, min_value: 9, max_value: 1 }'),
      /min_value 9 is above max_value 1/,
    ],
    [
      'a division by zero',
      rule('expect_column_mean_to_be_between: { column: fare, max_value: $mean / 0 }'),
      /divides by zero/,
    ],
    ['an unknown parameter', rule('expect_column_mean_to_be_between: { column: fare, max_value: $meen }'), /mean/],
    ['a YAML syntax error', 'model: [fares\n', /rules\.yaml:/],
    ['two documents', 'model: fares\n---\nmodel: x\n', /document/],
  ])('%s', async (_, yaml, said) => {
    await expectRefusal(check(yaml), said);
  });

  it('an alias bomb', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of [...'bcdefghij'].entries()) {
      const before = 'abcdefghij'[index];
      lines.push(`x-${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    await expectRefusal(check(`x-${lines.join('\n')}\n`), /alias/i);
  });

  it('all of them at once', async () => {
    const { stderr } = await run(...check('modle: x\nexpectations:\n  - expect_column_to_exist: { colum: a }\n'));
    expect(stderr).toContain('rules.yaml:1:1');
  });

  it('on a missing column: a failed outcome that names it', async () => {
    const { code, stdout } = await run(
      ...check(rule('expect_column_mean_to_be_between: { column: fair, max_value: 1 }')),
    );
    expect(stdout).toMatch(/no column fair/);
    expect(code).toBe(1);
  });

  it('that cannot be evaluated: exit code 2, and the others are judged', async () => {
    const { code, stdout } = await run(
      ...check(rule('expect_column_mean_to_be_between: { column: payment, max_value: 1 }')),
      '--format',
      'json',
    );
    const result = JSON.parse(stdout);
    expect(result.results[0].exception_info.raised_exception).toBe(true);
    expect(result.drift.length).toBeGreaterThan(0);
    expect(code).toBe(2);
  });
});

describe('usage', () => {
  it.each([
    [['chek', 'healthy.csv'], /Did you mean check/],
    [['check'], /missing required argument/],
    [['check', 'healthy.csv', '--format', 'tabel'], /table/],
    [['check', 'healthy.csv', '--columns', 'fair'], /fare/],
    [['snapshot', 'train.csv', '--model', 'x'], /--api-version/],
    [['check', 'healthy.csv', '--since', 'yesterday', '--event-time', 'pickup_datetime'], /no time/],
  ])('%j', async (args, said) => {
    await expectRefusal(args, said);
  });
});

describe('Ctrl-C', () => {
  it('ends with exit code 2 and one message, and leaves no snapshot', async () => {
    const { spawn } = await import('node:child_process');
    const store = join(folder, 'interrupted');
    const args = ['snapshot', '-', '--model', 'm', '--api-version', '1', '--store', store];
    const child = spawn(process.execPath, [inRepository('bin', 'tidemark.js'), ...args], { cwd: folder });
    let stderr = '';
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.on('error', () => {});
    // Standard input stays open, so the command is still reading when it is interrupted.
    child.stdin.write('a,b\n1,2\n');
    setTimeout(() => child.kill('SIGINT'), 1500);
    expect(await ended).toBe(2);
    expect(stderr).toContain('interrupted');
    expect(readdirSync(folder)).not.toContain('interrupted');
  });
});
