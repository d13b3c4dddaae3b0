import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temp.js';

/** bin/tidemark.js beside a dist/cli.js whose `main` has this body. */
function binWith(body: string | null): string {
  const folder = temporaryFolder();
  for (const name of ['bin', 'dist']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  copyFileSync(inRepository('bin', 'tidemark.js'), join(folder, 'bin', 'tidemark.js'));
  if (body !== null) writeFileSync(join(folder, 'dist', 'cli.js'), `export async function main(argv) { ${body} }`);
  return join(folder, 'bin', 'tidemark.js');
}

async function run(bin: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, ...args], { maxBuffer: 2 ** 25 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe('bin/tidemark.js', () => {
  it('hands on the arguments and ends with the code that main gives', async () => {
    const result = await run(binWith('console.log(JSON.stringify(argv)); return 1;'), 'check', 'a b.csv', '--quiet');
    expect(result).toMatchObject({ code: 1, stdout: '["check","a b.csv","--quiet"]\n', stderr: '' });
  });

  it('writes all of a long output into a pipe', async () => {
    const { code, stdout } = await run(binWith("process.stdout.write('x'.repeat(5_000_000)); return 0;"));
    expect({ code, length: stdout.length }).toEqual({ code: 0, length: 5_000_000 });
  });

  it.each([
    ['an error', "throw new Error('broken');"],
    ['an error that nothing awaits', "Promise.reject(new Error('broken')); return new Promise(() => {});"],
    ['an error in a callback', "setTimeout(() => { throw new Error('broken'); }); return new Promise(() => {});"],
    ['an error after the verdict', "setTimeout(() => { throw new Error('broken'); }, 20); return 0;"],
  ])('ends with 2, not with the code of a degraded check, on %s', async (_name, body) => {
    const result = await run(binWith(body));
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('broken') });
  });

  it('ends with 2 when it was not built', async () => {
    expect(await run(binWith(null))).toMatchObject({ code: 2, stderr: expect.stringContaining('cli.js') });
  });

  it.each([0, 1])('keeps code %i and stays silent when its reader goes away', async (code) => {
    const body = `
      for (let i = 0; i < 200; i++) {
        process.stdout.write('line\\n'.repeat(1000));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return ${code};`;
    const child = spawn(process.execPath, [binWith(body)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const ended = await new Promise((resolve) => child.on('close', resolve));
    expect({ ended, stderr }).toEqual({ ended: code, stderr: '' });
  });
});
