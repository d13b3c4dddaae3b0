import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { runCli } from './support/cli.js';
import { inRepository } from './support/repository.js';
import { temporaryFolder } from './support/temp.js';

it("runs the README's example of the library", () => {
  const folder = temporaryFolder();
  copyFileSync(inRepository('demo', 'train.csv'), join(folder, 'train.csv'));
  copyFileSync(inRepository('demo', 'degraded.csv'), join(folder, 'new.csv'));
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(inRepository('README.md'), 'utf8')) ?? [];
  const library = pathToFileURL(inRepository('dist', 'index.js')).href;
  writeFileSync(join(folder, 'example.mjs'), code.replace("'tidemark'", JSON.stringify(library)));
  const printed = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(printed).toMatch(/^degraded\n/);
  expect(printed).toContain('payment unseen');
});

it('reads a source by its name in the rules file', async () => {
  const folder = temporaryFolder();
  copyFileSync(inRepository('demo', 'healthy.csv'), join(folder, 'healthy.csv'));
  const rules =
    'sources:\n  production: { data: healthy.csv, where: fare > 10 }\nexpectations:\n  - expect_column_min_to_be_between: { column: fare, min_value: 10 }\n';
  writeFileSync(join(folder, 'tidemark.yaml'), rules);
  const { code, stdout } = await runCli(['check', 'production'], { cwd: folder });
  expect(stdout).toContain('1 of 1 rules hold');
  expect(code).toBe(0);
});
