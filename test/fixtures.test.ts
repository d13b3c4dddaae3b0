import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { literal, queryRows } from './support/tables.js';
import { temporaryFolderForAll } from './support/temp.js';

const parquetFiles = [
  'train.parquet',
  'healthy.parquet',
  'degraded.parquet',
  'types.gzip.parquet',
  'types.snappy.parquet',
  'types.uncompressed.parquet',
];

describe('fixtures/generate.js', () => {
  const folder = temporaryFolderForAll();
  beforeAll(() => {
    execFileSync(process.execPath, [inRepository('fixtures', 'generate.js'), folder]);
  });

  it.each(['train', 'healthy', 'degraded'])('writes demo/%s.csv as it stands in the repository', (name) => {
    const file = join('demo', `${name}.csv`);
    expect(readFileSync(join(folder, file), 'utf8') === readFileSync(inRepository(file), 'utf8')).toBe(true);
  });

  // Compressed bytes may differ from one zlib to the next; what they hold may not.
  it.each(parquetFiles)('writes fixtures/%s with the content that stands in the repository', async (name) => {
    const written = await queryRows(`from ${literal(join(folder, 'fixtures', name))}`);
    expect(written).toEqual(await queryRows(`from ${literal(inRepository('fixtures', name))}`));
    expect(written.length).toBeGreaterThan(0);
  });

  it.each(['train', 'healthy', 'degraded'])('writes the same rides to %s.parquet as to the CSV file', async (name) => {
    const parquet = await queryRows(`from ${literal(inRepository('fixtures', `${name}.parquet`))}`);
    const types = "types = { passengers: 'INTEGER' }";
    expect(parquet).toEqual(
      await queryRows(`from read_csv(${literal(inRepository('demo', `${name}.csv`))}, ${types})`),
    );
  });

  it.each(['gzip', 'snappy', 'uncompressed'])(
    'keeps every digit and letter in types.%s.parquet',
    async (compression) => {
      const file = literal(inRepository('fixtures', `types.${compression}.parquet`));
      const [row] = await queryRows(`from ${file} where big = 9007199254740993`);
      expect(row).toEqual({
        small: 2147483647,
        big: '9007199254740993',
        real: 0.125,
        single: 0.25,
        flag: false,
        text: 'plain',
        day: '1969-12-02',
        moment: '2026-03-01 01:00:00.000001',
        always_missing: null,
      });
      const [codec] = await queryRows(`select distinct compression from parquet_metadata(${file})`);
      expect(codec).toEqual({ compression: compression.toUpperCase() });
    },
  );
});

describe('demo/', () => {
  const shares = async (name: string) => {
    const [row] = await queryRows(`
      select count(*)::int as rows, avg((payment is null)::int) as missing, avg((payment = 'voucher')::int) as voucher,
             avg((fare > 100)::int) as cents, min(passengers)::int as fewest
      from ${literal(inRepository('demo', `${name}.csv`))}`);
    return row;
  };

  it('degrades in the four ways that the documentation names', async () => {
    expect(await shares('degraded')).toEqual({
      rows: 800,
      missing: expect.closeTo(0.12, 1),
      voucher: expect.closeTo(0.05, 1),
      cents: expect.closeTo(0.25, 1),
      fewest: 0,
    });
  });

  it.each([
    ['train', 3000],
    ['healthy', 800],
  ])('has none of them in %s.csv', async (name, rows) => {
    expect(await shares(name)).toEqual({ rows, missing: expect.closeTo(0.02, 2), voucher: 0, cents: 0, fewest: 1 });
  });
});
