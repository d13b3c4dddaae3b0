import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tableFromArrays } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/errors.js';
import { type Data, openSource, type ReadOptions, type Row, readAgain, type Source } from '../../src/sources/index.js';
import { inRepository } from '../support/repository.js';
import { writeQuery } from '../support/tables.js';
import { temporaryFolder } from '../support/temp.js';

const vega = (name: string): string => inRepository('node_modules', 'vega-datasets', 'data', name);

function reading<T>(data: Data, job: (source: Source) => Promise<T>, options: ReadOptions = {}): Promise<T> {
  return readAgain(data, options, openSource, job);
}

const all = (source: Source): Promise<Row[]> => source.query(`SELECT * FROM ${source.relation}`);

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('CSV', () => {
  it.each([
    ['a byte-order mark', '\ufeffa,b\n1,x\n'],
    ['semicolons', 'a;b\n1;x\n'],
    ['tabs', 'a\tb\n1\tx\n'],
    ['a header that ends in \\n and rows that end in \\r\\n', 'a,b\n1,x\r\n'],
    ['a header that ends in \\r\\n and rows that end in \\n', 'a,b\r\n1,x\n'],
  ])('with %s', async (_, text) => {
    const found = await reading(file('data.csv', text), async (source) => [
      source.columns.map(({ name }) => name),
      await all(source),
    ]);
    expect(found).toEqual([['a', 'b'], [[1, 'x']]]);
  });

  it('with quoted line breaks and delimiters', async () => {
    expect(await reading(file('data.csv', 'a,b\n1,"x\ny,""z"""\n2,w\n'), all)).toEqual([
      [1, 'x\ny,"z"'],
      [2, 'w'],
    ]);
  });

  it('with short rows: the rest is missing, and it is said', async () => {
    const found = await reading(file('data.csv', 'a,b\n1,x\n2\n3,z\n'), async (source) => [
      await all(source),
      source.notes,
    ]);
    expect(found[0]).toEqual([
      [1, 'x'],
      [2, null],
      [3, 'z'],
    ]);
    expect(found[1]).toEqual([expect.stringContaining('shorter than the header')]);
  });

  it('with a row that is too long: refused, with its line', async () => {
    await expect(reading(file('data.csv', 'a,b\n1,x\n2,y,z\n'), all)).rejects.toThrow(/line 3/);
  });

  it('keeps leading zeros and digits that a double would round', async () => {
    const text = 'zip,id\n01234,12345678901234567890123\n00001,12345678901234567890124\n';
    expect(await reading(file('data.csv', text), all)).toEqual([
      ['01234', 12345678901234567890123n],
      ['00001', 12345678901234567890124n],
    ]);
  });

  it('starts over with text where a column of numbers turns out to hold text', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},${index}`).join('\n');
    const kinds = await reading(file('data.csv', `a,b\n${rows}\n7,unknown\n`), async (source) => {
      await source.query(`SELECT sum(a), max(b) FROM ${source.relation}`);
      return source.columns.map(({ kind }) => kind);
    });
    expect(kinds).toEqual(['integer', 'string']);
  });

  it('compressed with gzip', async () => {
    expect(await reading(file('data.csv.gz', gzipSync('a,b\n1,x\n')), all)).toEqual([[1, 'x']]);
  });

  it('reads back whatever texts were written', async () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !/[\r\0]/.test(text) && text.trim() === text && Number.isNaN(Number(text)));
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const text = `first,second\n${quoted.join('\n')}\n`;
        const found = await reading(file('data.csv', text), (source) => all(source), {
          kinds: new Map([
            ['first', 'string'],
            ['second', 'string'],
          ]),
        });
        expect(found).toEqual(rows);
      }),
      { numRuns: 25 },
    );
  });
});

describe('Parquet', () => {
  it('of files whose columns differ, in folders by key', async () => {
    const folder = temporaryFolder();
    for (const [year, sql] of [
      ['2024', 'SELECT 1 AS a'],
      ['2025', "SELECT 2 AS a, 'x' AS b"],
    ] as const) {
      mkdirSync(join(folder, `year=${year}`));
      await writeQuery(join(folder, `year=${year}`, 'part.parquet'), sql);
    }
    const rows = await reading(folder, (source) =>
      source.query(`SELECT a, b, year FROM ${source.relation} ORDER BY a`),
    );
    expect(rows).toEqual([
      [1, null, 2024],
      [2, 'x', 2025],
    ]);
  });

  it('by a glob', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b', 'c']) await writeQuery(join(folder, `${name}.parquet`), 'SELECT 1 AS x');
    expect(await reading(join(folder, '[ab].parquet'), all)).toHaveLength(2);
  });

  it('by another writer', async () => {
    const rows = readFileSync(inRepository('demo', 'train.csv'), 'utf8').trim().split('\n').length - 1;
    expect(await reading(inRepository('fixtures', 'train.parquet'), async (source) => source.estimatedRows)).toBe(rows);
  });
});

describe('other formats', () => {
  it('NDJSON', async () => {
    expect(await reading(file('data.ndjson', '{"a":1,"b":"x"}\n{"a":2}\n'), all)).toEqual([
      [1, 'x'],
      [2, null],
    ]);
  });

  it('an Arrow file holds what its JSON twin holds', async () => {
    const sums = async (source: Source) =>
      source.query(`SELECT count(*), sum(delay), sum(distance) FROM ${source.relation}`);
    expect(await reading(vega('flights-200k.arrow'), sums)).toEqual(await reading(vega('flights-200k.json'), sums));
  });

  it('a table of apache-arrow in memory', async () => {
    const table = tableFromArrays({ a: new Float64Array([1.5, 2.5]), b: ['x', 'y'] });
    expect(await reading(table as unknown as Data, all)).toEqual([
      [1.5, 'x'],
      [2.5, 'y'],
    ]);
  });

  it('several in one folder are refused', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.csv'), 'a\n1\n');
    await writeQuery(join(folder, 'b.parquet'), 'SELECT 1 AS a');
    await expect(reading(folder, all)).rejects.toThrow(/several formats/);
  });
});

describe('reading options', () => {
  const days = `day,x\n${Array.from({ length: 10 }, (_, index) => `2025-01-0${index} 12:00:00,${index}`)
    .slice(1)
    .join('\n')}\n`;

  it('a window back from the newest event', async () => {
    const rows = await reading(file('days.csv', days), all, { eventTime: 'day', since: '2d' });
    expect(rows.map(([, x]) => x)).toEqual([7, 8, 9]);
  });

  it('a window between two times, its end left out', async () => {
    const found = await reading(file('days.csv', days), async (source) => [(await all(source)).length, source.window], {
      eventTime: 'day',
      since: '2025-01-02',
      until: '2025-01-05T12:00:00Z',
    });
    expect(found).toEqual([3, { since: '2025-01-02T00:00:00.000Z', until: '2025-01-05T12:00:00.000Z' }]);
  });

  it('columns, excluded columns and a condition', async () => {
    const path = file('data.csv', 'a,b,c\n1,2,3\n4,5,6\n');
    expect(await reading(path, all, { columns: ['c', 'a'], where: 'a > 1' })).toEqual([[4, 6]]);
    expect(await reading(path, all, { exclude: ['b'] })).toEqual([
      [1, 3],
      [4, 6],
    ]);
  });

  it('a sample holds the same rows at every run', async () => {
    const read = () =>
      reading(vega('birdstrikes.csv'), (source) => source.query(`SELECT * FROM ${source.relation} ORDER BY ALL`), {
        sample: 50,
      });
    const first = await read();
    expect(first).toHaveLength(50);
    expect(await read()).toEqual(first);
  });

  it('column names of every kind', async () => {
    const names = ['with space', 'quo"te', 'dot.ted', 'größe', 'select', "apo'strophe"];
    const path = file(
      'names.csv',
      `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n1,2,3,4,5,6\n`,
    );
    const found = await reading(path, async (source) => [source.columns.map(({ name }) => name), await all(source)], {
      columns: names,
    });
    expect(found).toEqual([names, [[1, 2, 3, 4, 5, 6]]]);
  });
});

describe('sources are read-only', () => {
  it.each([
    ["COPY (SELECT 1) TO 'FILE'"],
    ["ATTACH 'FILE' AS other"],
    ['CREATE TABLE stolen AS SELECT 1'],
    ['INSTALL httpfs'],
    ['SET threads = 1'],
    ['PRAGMA enable_profiling'],
    ["SELECT 1; COPY (SELECT 1) TO 'FILE'"],
    ["SELECT * FROM read_text('/etc/hostname')"],
    ["SELECT * FROM read_csv('OTHER')"],
  ])('%s', async (sql) => {
    const folder = temporaryFolder();
    const path = join(folder, 'data.csv');
    copyFileSync(inRepository('demo', 'healthy.csv'), path);
    const other = file('other.csv', 'a\n1\n');
    const before = [readFileSync(path, 'utf8'), statSync(path).mtimeMs];
    await expect(
      reading(path, (source) => source.query(sql.replace('FILE', path).replace('OTHER', other))),
    ).rejects.toThrow(SourceError);
    expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs]).toEqual(before);
  });
});
