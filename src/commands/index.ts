import { checkCommand } from './check.js';
import { compareCommand } from './compare.js';
import { demoCommand } from './demo.js';
import { explainCommand } from './explain.js';
import { listCommand } from './list.js';
import { rulesCommand } from './rules.js';
import { showCommand } from './show.js';
import { snapshotCommand } from './snapshot.js';

export type { Terminal } from './options.js';

/** Every command, in the order of `--help`. */
export const commands = [
  snapshotCommand,
  checkCommand,
  compareCommand,
  explainCommand,
  listCommand,
  showCommand,
  rulesCommand,
  demoCommand,
];
