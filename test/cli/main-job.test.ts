import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { inRepository } from '../support/repository.js';
import { temporaryFolderForAll } from '../support/temp.js';

describe('snapshot, check, exit code', () => {
  const folder = temporaryFolderForAll();
  const run = (...args: string[]) => runCli(args, { cwd: folder });

  beforeAll(async () => {
    for (const name of ['train.csv', 'healthy.csv', 'degraded.csv', 'tidemark.yaml']) {
      copyFileSync(inRepository('demo', name), join(folder, name));
    }
    const saved = await run('snapshot', 'train.csv', '--model', 'fares', '--api-version', '1.0.0');
    expect(saved).toMatchObject({ code: 0, stderr: '' });
  });

  it('saves one file by model and API version, and leaves no temporary one', () => {
    expect(readdirSync(join(folder, '.tidemark', 'fares'))).toEqual(['1.0.0.json']);
  });

  it('is healthy on data of the same process', async () => {
    const { code, stdout } = await run('check', 'healthy.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HEALTHY {2}healthy\.csv \(800 rows\) against fares 1\.0\.0/);
    expect(stdout).toContain('5 of 5 rules hold, 8 of 8 columns did not drift.');
  });

  it('is degraded on damaged data, and says what moved', async () => {
    const { code, stdout } = await run('check', 'degraded.csv');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^DEGRADED/);
    expect(stdout).toContain('voucher');
    expect(stdout).toContain('missing values 1.6% → 12%');
  });

  it('shows nothing wider than 80 columns, and no colour, where there is no terminal', async () => {
    const { stdout } = await run('check', 'degraded.csv');
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\u001b');
  });

  it('draws with plain characters on a dumb terminal', async () => {
    const { stdout } = await runCli(['check', 'degraded.csv'], { cwd: folder, env: { TERM: 'dumb' } });
    expect(stdout).not.toMatch(/[▁-█─]/);
  });

  it('colours where it is asked to', async () => {
    const { stdout } = await runCli(['check', 'degraded.csv'], { cwd: folder, env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[31m');
  });

  it("gives Great Expectations' validation result as JSON", async () => {
    const { code, stdout } = await run('check', 'degraded.csv', '--format', 'json');
    const result = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(result).toMatchObject({ success: false, verdict: 'degraded', model: 'fares', api_version: '1.0.0' });
    expect(result.statistics).toEqual({
      evaluated_expectations: 5,
      successful_expectations: 1,
      unsuccessful_expectations: 4,
      success_percent: 20,
    });
    const payments = result.results.find(({ id }: { id: string }) => id === 'known-payments');
    const rows = readFileSync(join(folder, 'degraded.csv'), 'utf8').trim().split('\n').slice(1);
    const paid = rows.map((row) => row.split(',')[5]).filter((payment) => payment !== '');
    expect(payments.result).toMatchObject({
      element_count: rows.length,
      missing_count: rows.length - paid.length,
      unexpected_count: paid.filter((payment) => payment === 'voucher').length,
    });
    expect(payments.result.partial_unexpected_list[0]).toBe('voucher');
    const columns = new Set(result.drift.map(({ column }: { column: string }) => column));
    expect(columns.size).toBe(8);
  });

  it('writes a format into a file, whole, besides the table', async () => {
    const { stdout } = await run('check', 'healthy.csv', '--format', 'table', '--format', 'json=report.json');
    expect(stdout).toMatch(/^HEALTHY/);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).verdict).toBe('healthy');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('fails on warnings only with --fail-on warning', async () => {
    const rules = join(folder, 'warn.yaml');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      rules,
      'drift: off\nexpectations:\n  - expect_column_values_to_be_between: { column: fare, max_value: 5, severity: warning }\n',
    );
    expect((await run('check', 'healthy.csv', '--rules', 'warn.yaml')).code).toBe(0);
    expect((await run('check', 'healthy.csv', '--rules', 'warn.yaml', '--fail-on', 'warning')).code).toBe(1);
  });

  it('compares two files without setup', async () => {
    expect((await run('compare', 'train.csv', 'healthy.csv')).code).toBe(0);
    expect((await run('compare', 'train.csv', 'degraded.csv')).code).toBe(1);
  });

  it('lists and shows what is saved', async () => {
    expect((await run('list')).stdout).toMatch(/^fares 1\.0\.0 /);
    const { stdout } = await run('show', '--model', 'fares');
    expect(stdout).toContain('fares 1.0.0: 3,000 rows of train.csv');
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .slice(1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('explains the one scan of a check', async () => {
    const { stdout } = await run('explain', 'healthy.csv');
    expect(stdout).toContain('-- Scan 1 of 1');
    expect(stdout.match(/^SELECT/gm)).toHaveLength(1);
  });

  it('reads standard input', async () => {
    const input = readFileSync(join(folder, 'healthy.csv'));
    const { code, stdout } = await runCli(['check', '-'], { cwd: folder, input });
    expect(code).toBe(0);
    expect(stdout).toContain('standard input (800 rows)');
  });

  it('keeps every rule of the example file true', async () => {
    const example = inRepository('expectations.example.yaml');
    const { code, stdout } = await run('check', 'healthy.csv', '--rules', example);
    expect(stdout).toContain('19 of 19 rules hold');
    expect(code).toBe(0);
    const { stdout: gallery } = await run('rules');
    const types = gallery.split('\n').filter((line) => line.startsWith('expect_'));
    const text = readFileSync(example, 'utf8');
    expect(types.filter((type) => !text.includes(`- ${type}:`))).toEqual([]);
  });

  it('runs the demo without anything of the folder', async () => {
    const { code, stdout } = await runCli(['demo'], { cwd: join(folder, '.tidemark') });
    expect(code).toBe(0);
    expect(stdout).toContain('exit code 0');
    expect(stdout).toContain('exit code 1');
    expect(existsSync(join(folder, '.tidemark', '.tidemark'))).toBe(false);
  });
});

describe('real flights', () => {
  const folder = temporaryFolderForAll();
  const flights = inRepository('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

  it('holds one month to the one before', async () => {
    const model = ['--model', 'flights', '--store', join(folder, 'store'), '--event-time', 'date'];
    const saved = await runCli(
      ['snapshot', flights, ...model, '--api-version', '1', '--every', 'day', '--until', '2001-02-01'],
      { cwd: folder },
    );
    expect(saved.stdout).toMatch(/5 columns of 508,239 rows, 31 periods of one day/);
    const checked = await runCli(['check', flights, ...model, '--since', '2001-02-01', '--until', '2001-03-01'], {
      cwd: folder,
    });
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain('(458,170 rows)');
  });
});
