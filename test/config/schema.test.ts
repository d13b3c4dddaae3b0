import { expect, test } from 'vitest';
import type { SettingDescription } from '../../src/config/index.js';
import * as config from '../../src/config/index.js';

const tables: Readonly<Record<string, readonly SettingDescription[]>> = {
  settings: config.SETTINGS_KEYS,
  drift: config.DRIFT_KEYS,
  sources: config.SOURCE_KEYS,
  retrain: config.RETRAIN_KEYS,
};

test.each(Object.keys(tables))('every key of %s is described, once', (name) => {
  const table = tables[name] ?? [];
  expect(new Set(table.map(({ key }) => key)).size).toBe(table.length);
  for (const { description, key } of table) expect(description, key).toMatch(/^[A-Z"`].*[.]$/);
});

test('the examples of the settings are a right file', () => {
  const example = Object.fromEntries(config.SETTINGS_KEYS.map((description) => [description.key, description.example]));
  expect(config.parseSettings(JSON.stringify(example), 'example.json')).toMatchObject({ model: 'fares' });
});

test.each([
  ['drift', config.DRIFT_KEYS, (example: unknown) => ({ drift: example })],
  ['sources', config.SOURCE_KEYS, (example: unknown) => ({ sources: { one: example } })],
  ['retrain', config.RETRAIN_KEYS, (example: unknown) => ({ retrain: example })],
  [
    'a short entry',
    [...config.ENTRY_META_KEYS, ...config.ENTRY_EXECUTION_KEYS],
    (example: unknown) => ({ expectations: [{ expect_column_to_exist: example }] }),
  ],
  ['a long entry', config.LONG_ENTRY_KEYS, (example: unknown) => ({ expectations: [example] })],
] as const)('the examples of %s are right', (_name, table, within) => {
  const example = Object.fromEntries(table.map((description) => [description.key, description.example]));
  expect(config.parseSettings(JSON.stringify(within(example)), 'example.json').file).toBe('example.json');
});

test('the defaults of the tables are those of an empty file', () => {
  const { drift, expectations } = config.parseSettings('', 'f.yaml');
  const defaults = config.DRIFT_KEYS.flatMap((key) => ('default' in key ? [[key.key, key.default]] : []));
  expect(drift).toEqual(Object.fromEntries(defaults));
  expect(expectations).toEqual([]);
});
