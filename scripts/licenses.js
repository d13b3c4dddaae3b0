import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const licenseFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const rule = '='.repeat(100);

/**
 * Name, version, licence and licence text of every package that esbuild's metafile says is in the output, as text.
 * Packages that share a text word for word share one copy of it. A package without one is an error.
 */
export async function collectLicenses(repository, metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      if (bytesInOutput > 0 && input.includes('node_modules/')) folders.add(packageFolder(resolve(repository, input)));
    }
  }
  const namesByText = new Map();
  for (const folder of [...folders].sort()) {
    const { title, text } = await readLicense(folder);
    namesByText.set(text, [...(namesByText.get(text) ?? []), title]);
  }
  const sections = [...namesByText].map(([text, titles]) => `${rule}\n${titles.join('\n')}\n${rule}\n\n${text}\n`);
  return `This program contains the packages below, each under its own licence.\n\n${sections.join('\n')}`;
}

/** The folder of the package that a file belongs to: what follows the last node_modules. */
function packageFolder(file) {
  const [folder] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(file);
  return folder;
}

async function readLicense(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => licenseFile.test(file)).sort();
  if (!license || files.length === 0) throw new Error(`${name} was bundled, but comes without a licence text`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { title: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') };
}
