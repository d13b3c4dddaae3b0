// Builds dist/: two bundles that share chunks, the public types, and the licences of what was bundled.
// The install is then one package beside DuckDB, and a start reads a few files instead of hundreds.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { collectLicenses } from './licenses.js';

const repository = fileURLToPath(new URL('..', import.meta.url));
const dist = join(repository, 'dist');
const types = join(dist, 'types');
const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
const externals = Object.keys(manifest.dependencies);

// Bundled CommonJS packages call `require` for Node's own modules; an ES module has none unless it makes one.
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: ['src/index.ts', 'src/cli.ts'],
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: externals,
    // Its CommonJS build, which Node would get, has no named exports for a lazy import, and cannot be trimmed.
    alias: { yaml: join(repository, 'node_modules/yaml/browser/index.js') },
    define: { __TIDEMARK_VERSION__: JSON.stringify(manifest.version) },
    banner: { js: requireBanner },
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  for (const [file, output] of Object.entries(metafile.outputs)) {
    for (const { path, external } of output.imports) {
      if (external && !isBuiltin(path) && !externals.includes(path)) {
        throw new Error(`${file} imports ${path}, which an install of ${manifest.name} does not bring`);
      }
    }
  }
  await writeFile(join(dist, 'THIRD_PARTY_LICENSES.txt'), await collectLicenses(repository, metafile));
}

async function declareTypes() {
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.types.json'], { cwd: repository });
  } catch (error) {
    throw new Error(`tsc found errors\n${error.stdout}${error.stderr}`);
  }
  const reachable = await followTypes(join(types, 'index.d.ts'));
  for (const entry of await readdir(types, { recursive: true })) {
    const file = join(types, entry);
    if (file.endsWith('.d.ts') && !reachable.has(file)) await rm(file);
  }
}

/** The declaration files that whoever imports the package reads. A type of a bundled package would be missing there. */
async function followTypes(entry) {
  const { default: typescript } = await import('typescript');
  const reachable = new Set([entry]);
  for (const file of reachable) {
    const { importedFiles, typeReferenceDirectives } = typescript.preProcessFile(await readFile(file, 'utf8'));
    for (const { fileName } of [...importedFiles, ...typeReferenceDirectives]) {
      if (fileName.startsWith('.')) {
        reachable.add(resolve(dirname(file), fileName.replace(/\.js$/, '.d.ts')));
      } else if (!isBuiltin(fileName) && fileName !== 'node') {
        throw new Error(`${relative(repository, file)}, a public type, needs ${fileName}`);
      }
    }
  }
  return reachable;
}

try {
  for (const entry of ['src/index.ts', 'src/cli.ts']) {
    if (!existsSync(join(repository, entry))) throw new Error(`${entry} is missing`);
  }
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([bundle(), declareTypes()]);
} catch (error) {
  console.error(`Build failed: ${error.message}`);
  process.exitCode = 1;
}
