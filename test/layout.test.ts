import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';

/** What stands in src/, in the order of the data flow: each may import what stands above it. */
const order = [
  'errors.ts',
  'version.ts',
  'config',
  'sql',
  'sources',
  'statistics',
  'profile',
  'snapshot',
  'drift',
  'expectations',
  'verdict',
  'check',
  'history',
  'parity',
  'split',
  'evaluate',
  'normalize',
  'reports',
  'alerts',
  'commands',
  'cli.ts',
  'index.ts',
];
const foldersWithContents = ['config', 'statistics', 'sources', 'drift', 'expectations', 'reports', 'commands'];
const lineLimit = 350;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const src = inRepository('src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'))
  .sort();

const placeOf = (file: string): number => order.indexOf(file.split('/')[0]!);

/** Relative imports, exports from elsewhere, `import('...')` and import types of one file. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found: Import[] = [];
  const add = (specifier: typescript.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !typescript.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    const to = posix.join(posix.dirname(file), specifier.text).replace(/\.js$/, '.ts');
    found.push({ from: file, to, typeOnly });
  };
  const visit = (node: typescript.Node): void => {
    if (typescript.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === typescript.SyntaxKind.TypeKeyword);
    } else if (typescript.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (typescript.isCallExpression(node) && node.expression.kind === typescript.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    typescript.forEachChild(node, visit);
  };
  visit(typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest));
  return found;
}

/** A source names its dialect, and a dialect spells a source's columns: of these two, only types go both ways. */
const isAgreed = ({ from, to, typeOnly }: Import): boolean =>
  typeOnly && from.startsWith('sql/') && to === 'sources/source.ts';

const pointsUpward = (edge: Import): boolean =>
  edge.from.split('/')[0] === edge.to.split('/')[0] || placeOf(edge.to) < placeOf(edge.from) || isAgreed(edge);

describe('src/', () => {
  it('holds what the layout names, and nothing else', () => {
    const unknown = readdirSync(src).filter((entry) => !order.includes(entry));
    expect(unknown).toEqual([]);
  });

  it('imports upward only', () => {
    const wrong = files.flatMap(importsOf).filter((edge) => !pointsUpward(edge));
    expect(wrong.map(({ from, to, typeOnly }) => `${from} -> ${to}${typeOnly ? ' (types)' : ''}`)).toEqual([]);
  });

  it('imports files that are there', () => {
    const missing = files.flatMap(importsOf).filter(({ to }) => !existsSync(join(src, to)));
    expect(missing.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it(`has no file over ${lineLimit} lines`, () => {
    const lines = files.map((file) => [file, readFileSync(join(src, file), 'utf8').split('\n').length - 1] as const);
    expect(lines.filter(([, count]) => count > lineLimit)).toEqual([]);
  });

  const foldersInUse = foldersWithContents.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  it.each(foldersInUse)('has a table of contents in %s/', (folder) => {
    expect(files).toContain(`${folder}/index.ts`);
  });
});

describe('test/', () => {
  it('mirrors src', () => {
    const tests = readdirSync(inRepository('test'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const folders = tests.map((entry) => entry.name).filter((name) => name !== 'support' && name !== 'cli');
    expect(folders.filter((name) => !order.includes(name))).toEqual([]);
  });
});
