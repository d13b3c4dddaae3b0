import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, compare, explain, snapshot } from '../../src/index.js';
import { queryRows, writeQuery } from '../support/tables.js';
import { temporaryFolder } from '../support/temp.js';

/** Numbers without ties, with nulls, and a category. */
const ROWS = 300_000;
const rows = (seed: number, shift: number): string =>
  `SELECT CASE WHEN range % 50 = 0 THEN NULL ELSE ((range * 7919 + ${seed}) % 1000003) / 1000.0 + ${shift} END::DOUBLE AS x, range AS id, ['a', 'b', 'c'][1 + range % 3] AS kind FROM range(${ROWS})`;

const RULES = `expectations:
  - expect_column_quantile_values_to_be_between: { column: x, quantile_ranges: { quantiles: [0.05, 0.5, 0.95], value_ranges: [[null, null], [null, null], [null, null]] } }
  - expect_column_median_to_be_between: { column: x, min_value: 0 }
  - expect_column_mean_to_be_between: { column: x, min_value: $mean - $std, max_value: $mean + $std }
  - expect_column_values_to_be_in_set: { column: kind, value_set: $values }
`;

async function prepare(shift: number) {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  await writeQuery(at('train.parquet'), rows(1, 0));
  await writeQuery(at('new.parquet'), rows(17, shift));
  writeFileSync(at('rules.yaml'), RULES);
  await snapshot(at('train.parquet'), { model: 'm', apiVersion: '1', store: at('store') });
  return { at, options: { store: at('store'), rules: at('rules.yaml') } };
}

describe('a check', () => {
  it('reads the data in one scan: drift in all columns, rules and exact quantiles', async () => {
    const { at, options } = await prepare(0);
    expect(await explain(at('new.parquet'), options)).toHaveLength(1);
  });

  it.each([
    ['near the saved ones', 0],
    ['far from the saved ones', 500],
  ])("gives DuckDB's exact quantiles, %s", async (_, shift) => {
    const { at, options } = await prepare(shift);
    const result = await check(at('new.parquet'), options);
    const [exact] = await queryRows(
      `SELECT quantile_disc(x, [0.05, 0.5, 0.95]) AS quantiles, quantile_cont(x, 0.5) AS median FROM '${at('new.parquet')}'`,
    );
    const observed = result.results.map(({ result: { observed_value: value } }) => value);
    expect((observed[0] as { values: number[] }).values).toEqual(exact!.quantiles);
    expect(observed[1]).toBeCloseTo(exact!.median as number, 9);
  });
});

describe('a snapshot', () => {
  it('agrees with DuckDB on real flights', async () => {
    const flights = new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url).pathname;
    const { snapshot: saved } = await snapshot(flights, {
      model: 'f',
      apiVersion: '1',
      store: join(temporaryFolder(), 's'),
    });
    const delay = saved.columns.find(({ name }) => name === 'delay')!;
    const [exact] = await queryRows(
      `SELECT count(delay)::INT AS n, avg(delay) AS mean, stddev(delay) AS std, min(delay)::INT AS low, max(delay)::INT AS high FROM '${flights}'`,
    );
    expect(delay).toMatchObject({ count: exact!.n, min: exact!.low, max: exact!.high });
    expect(delay.mean).toBeCloseTo(exact!.mean as number, 8);
    expect(delay.std).toBeCloseTo(exact!.std as number, 8);
    const counted = delay.bins!.counts.reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(exact!.n);
    for (const rank of [1, 25, 50, 75, 99]) {
      const [at] = await queryRows(
        `SELECT avg((delay <= ${delay.quantiles![rank]})::INT) AS most, avg((delay < ${delay.quantiles![rank]})::INT) AS least FROM '${flights}'`,
      );
      expect(at!.most as number).toBeGreaterThan(rank / 100 - 0.01);
      expect(at!.least as number).toBeLessThan(rank / 100 + 0.01);
    }
  });

  it('counts NaN and infinities apart, and keeps the digits of long numbers', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'odd.parquet');
    await writeQuery(
      path,
      `SELECT ['nan', 'inf', '-inf', '1', '2'][1 + range % 5]::DOUBLE AS odd, (12345678901234567890.123 + range)::DECIMAL(38,3) AS exact, [1, 2] AS nested, NULL::INT AS nothing FROM range(100)`,
    );
    const { snapshot: saved, notes } = await snapshot(path, { model: 'o', apiVersion: '1', store: join(folder, 's') });
    const column = (name: string) => saved.columns.find((candidate) => candidate.name === name)!;
    expect(column('odd')).toMatchObject({ count: 80, nan_count: 20, infinite_count: 40, mean: 1.5, min: 1, max: 2 });
    expect(column('exact').min).toBe('12345678901234567890.123');
    expect(column('nothing')).toMatchObject({ count: 0, null_count: 100, min: null, quantiles: null });
    expect(notes.join()).toContain('nested');
    expect((await compare(path, path)).verdict).toBe('healthy');
  });

  it('keeps the digits of 128-bit integers', async () => {
    const path = join(temporaryFolder(), 'huge.csv');
    writeFileSync(
      path,
      `huge\n${Array.from({ length: 50 }, (_, index) => 12345678901234567890100n + BigInt(index)).join('\n')}\n`,
    );
    const { snapshot: saved } = await snapshot(path, {
      model: 'h',
      apiVersion: '1',
      store: join(temporaryFolder(), 's'),
    });
    expect(saved.columns[0]).toMatchObject({
      min: '12345678901234567890100',
      max: '12345678901234567890149',
      kind: 'integer',
    });
    expect((await compare(path, path)).verdict).toBe('healthy');
  });

  it('keeps parameters per period', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'days.parquet');
    await writeQuery(
      path,
      `SELECT TIMESTAMP '2025-01-01' + to_hours(range::INT) AS at, (range % 24)::DOUBLE AS x FROM range(240)`,
    );
    const { snapshot: saved, file } = await snapshot(path, {
      model: 'd',
      apiVersion: '1',
      store: join(folder, 's'),
      eventTime: 'at',
      every: 'day',
    });
    expect(saved.periods?.starts).toHaveLength(10);
    expect(saved.columns[1]?.periods).toMatchObject({ count: Array(10).fill(24), mean: Array(10).fill(11.5) });
    expect(JSON.parse(readFileSync(file, 'utf8')).digest).toBe(saved.digest);
  });
});

describe('the size of the data', () => {
  it('does not decide the verdict: with 5% of it and with all of it nothing drifted', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    await writeQuery(at('all.parquet'), rows(1, 0));
    await writeQuery(at('other.parquet'), rows(29, 0));
    expect((await compare(at('all.parquet'), at('other.parquet'), { exclude: ['id'] })).verdict).toBe('healthy');
    expect(
      (await compare(at('all.parquet'), at('other.parquet'), { exclude: ['id'], where: 'id % 20 = 3' })).verdict,
    ).toBe('healthy');
  });
});
