import type { Command } from 'commander';
import { didYouMean } from '../config/index.js';
import { UsageError } from '../errors.js';
import type { Rule } from '../expectations/index.js';
import { addCommonOptions, examples, type Terminal } from './options.js';

/** `tidemark rules [NAME]` */
export function rulesCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('rules [name]')
    .description('the gallery of rules, or one with its kwargs and an example')
    .addHelpText('after', examples('tidemark rules', 'tidemark rules expect_column_values_to_be_between'));
  addCommonOptions(command).action(async (name: string | undefined) => {
    const { gallery, ruleOf } = await import('../expectations/index.js');
    if (name === undefined) {
      terminal.out(gallery.map((rule) => `${rule.type}\n  ${rule.description}\n`).join(''));
    } else {
      const rule = ruleOf(name) ?? ruleOf(`expect_${name}`);
      if (!rule)
        throw new UsageError(
          `There is no rule ${name}.`,
          didYouMean(
            name,
            gallery.map(({ type }) => type),
          ) || 'See `tidemark rules`.',
        );
      terminal.out(describe(rule));
    }
    done(0);
  });
}

function describe(rule: Rule): string {
  const kwargs = Object.entries(rule.kwargs).map(([name, kwarg]) => {
    const need = kwarg.required
      ? 'required'
      : kwarg.default === undefined
        ? 'optional'
        : `default ${JSON.stringify(kwarg.default)}`;
    return `  ${name} (${kwarg.type}, ${need})\n      ${kwarg.description}\n`;
  });
  const common = '  row_condition, severity, id, meta, notes: as with every rule\n';
  return `${rule.type}\n${rule.description}\n\nkwargs:\n${kwargs.join('')}${common}\nexample:\n  - ${rule.type}: ${flow(rule.example)}\n`;
}

/** YAML of one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' && /^[\w$. *+-]+$/.test(value) ? value : JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item)}`)
    .join(', ')} }`;
}
