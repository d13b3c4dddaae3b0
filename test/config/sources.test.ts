import { describe, expect, test } from 'vitest';
import { parseSettings, resolveSource } from '../../src/config/settings.js';
import { problemsOf } from './problems.js';

const parse = (text: string) => parseSettings(text, 'tidemark.yaml');

describe('sources and the environment', () => {
  const settings = parse(`sources:
  warehouse:
    data: postgres://reader:\${DB_PASSWORD}@\${DB_HOST}/w
    where: region = '$\${NOT_A_VARIABLE}'
  short: \${FOLDER}/x.csv
  plain: x.csv
`);

  test('names of objects in general are no sources', () => {
    expect(problemsOf(() => resolveSource(settings, 'constructor'))).toHaveLength(1);
    expect(settings.sources.constructor).toBeUndefined();
  });

  test('settings hold the reference, not the secret', () => {
    expect(settings.sources.warehouse?.data).toBe(`postgres://reader:\${DB_PASSWORD}@\${DB_HOST}/w`);
  });

  test('a resolved source holds the values', () => {
    const source = resolveSource(settings, 'warehouse', { DB_PASSWORD: 'p$&w', DB_HOST: 'db' });
    expect(source.data).toBe('postgres://reader:p$&w@db/w');
    expect(source.where).toBe(`region = '\${NOT_A_VARIABLE}'`);
  });

  test('a variable may be empty', () => {
    expect(resolveSource(settings, 'short', { FOLDER: '' }).data).toBe('/x.csv');
  });

  test('only the source that is used needs its variables', () => {
    expect(resolveSource(settings, 'plain', {}).data).toBe('x.csv');
  });

  test('every variable that is not set is named, and no value', () => {
    const found = problemsOf(() => resolveSource(settings, 'warehouse', { OTHER: 'hunter2' }));
    expect(found.map((problem) => problem.split('\n')[0])).toEqual([
      'tidemark.yaml:3:29: The environment variable DB_PASSWORD is not set.',
      'tidemark.yaml:3:44: The environment variable DB_HOST is not set.',
    ]);
    expect(found.join()).not.toContain('hunter2');
  });

  test('the place in a short source', () => {
    expect(problemsOf(() => resolveSource(settings, 'short', {}))[0]).toMatch(/^tidemark\.yaml:5:10: /);
  });

  test('an unknown source', () => {
    expect(problemsOf(() => resolveSource(settings, 'warehose'))).toEqual([
      'tidemark.yaml:1:1: There is no source `warehose`.\n  Did you mean `warehouse`?',
    ]);
  });

  test('elsewhere a reference is plain text', () => {
    expect(parse(`model: \${NAME}`).model).toBe(`\${NAME}`);
  });
});
