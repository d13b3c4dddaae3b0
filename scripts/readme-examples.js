// node scripts/readme-examples.js FILE FOLDER: writes each TypeScript example of a Markdown file that imports the library
// to a file of its own, so that it can be compiled as a user would.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [markdown, folder] = process.argv.slice(2);
const fences = (await readFile(markdown, 'utf8')).matchAll(/^```ts\n(.*?)^```$/gms);
const examples = [...fences].map(([, code]) => code).filter((code) => /from 'tidemark'/.test(code));
if (examples.length === 0) throw new Error(`${markdown} has no example that imports tidemark`);
await mkdir(folder, { recursive: true });
for (const [index, code] of examples.entries()) await writeFile(join(folder, `example-${index + 1}.ts`), code);
console.log(`${examples.length} example${examples.length === 1 ? '' : 's'}`);
