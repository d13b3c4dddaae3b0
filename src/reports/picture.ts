import type { Distribution } from '../check/result.js';
import { short } from '../drift/index.js';
import { toNumber } from '../profile/index.js';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
const PLAIN = ' .:-=+*#@';

/** Most characters of a histogram. */
const WIDTH = 30;

/** Two lines of the same scale: how a column was distributed before, and how it is now. */
export function drawDistribution(distribution: Distribution, unicode: boolean): string[] {
  const { edges, labels } = distribution;
  if (labels) return drawShares(distribution, labels);
  if (!edges || edges.length < 2) return [];
  const places = edges.map((edge) => toNumber(edge as string | number, distribution.kind));
  const [before, after] = [spread(distribution.before, places), spread(distribution.after, places)];
  const top = Math.max(...before, ...after);
  const line = (shares: readonly number[]): string => shares.map((share) => block(share / top, unicode)).join('');
  const ends = `${short(edges[0])} to ${short(edges.at(-1))}`;
  return [`before ${line(before)}`, `now    ${line(after)}`, `       ${ends}`];
}

function block(height: number, unicode: boolean): string {
  const blocks = unicode ? BLOCKS : PLAIN;
  const level = height <= 0 ? 0 : Math.max(1, Math.round(height * (blocks.length - 1)));
  return blocks[level] ?? ' ';
}

/** Shares of bins of unlike width, spread over cells of equal width between the first and the last edge. */
function spread(shares: readonly number[], places: readonly number[]): number[] {
  const [low, high] = [places[0]!, places.at(-1)!];
  const cells = new Array<number>(WIDTH).fill(0);
  const cellOf = (place: number): number => Math.min(WIDTH - 1, Math.max(0, ((place - low) / (high - low)) * WIDTH));
  shares.forEach((share, bin) => {
    const from = cellOf(places[bin - 1] ?? low);
    const to = cellOf(places[bin] ?? high);
    if (to - from < 1e-9) {
      cells[Math.floor(from)]! += share;
      return;
    }
    for (let cell = Math.floor(from); cell < to; cell++) {
      cells[cell]! += (share * (Math.min(to, cell + 1) - Math.max(from, cell))) / (to - from);
    }
  });
  return cells;
}

/** The values whose shares moved most, a line each. */
function drawShares({ before, after }: Distribution, labels: readonly string[]): string[] {
  const order = labels.map((_, index) => index).sort((a, b) => gap(b) - gap(a));
  function gap(index: number): number {
    return Math.abs((after[index] ?? 0) - (before[index] ?? 0));
  }
  const shown = order.slice(0, 3).filter((index) => gap(index) > 0);
  const width = Math.max(0, ...shown.map((index) => Math.min(20, labels[index]!.length)));
  return shown.map((index) => {
    const shares = [before[index] ?? 0, after[index] ?? 0].map((share) => `${(share * 100).toFixed(1)}%`.padStart(6));
    return `${labels[index]!.slice(0, 20).padEnd(width)} ${shares.join(' → ')}`;
  });
}
