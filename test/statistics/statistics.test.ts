import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betweenPeriodVariance,
  binomialUpperTail,
  chiSquareTest,
  chiSquareUpperTail,
  exceedancePValue,
  fisherExactPValue,
  holm,
  kolmogorovSmirnov,
  mannWhitneyFromBins,
  normalTwoSidedPValue,
  psi,
  quantilesFromBins,
  totalVariation,
  tTwoSidedPValue,
  unseenPValue,
} from '../../src/statistics/index.js';

describe('tails that one minus a probability would round to zero', () => {
  it('normal, z = 30 (SciPy: 2 * norm.sf(30))', () => {
    expect(normalTwoSidedPValue(30) / 9.813427854297537e-198).toBeCloseTo(1, 9);
  });
  it("Student's t, t = -30, 50 degrees of freedom (SciPy: 2 * t.sf(30, 50))", () => {
    expect(tTwoSidedPValue(-30, 50) / 1.238e-33).toBeCloseTo(1, 3);
  });
  it('chi-square with 2 degrees of freedom is exp(-x / 2)', () => {
    expect(chiSquareUpperTail(800, 2) / Math.exp(-400)).toBeCloseTo(1, 9);
  });
  it('all successes of a binomial are p to the n', () => {
    expect(binomialUpperTail(20, 20, 0.1) / 1e-20).toBeCloseTo(1, 9);
  });
});

describe('values above the largest of earlier ones', () => {
  it('agrees with counting all orders of two new and three old values', () => {
    // Of the 10 places that two new values can take among five, 4 have at least one at the top... of 5, and 1 both.
    expect(exceedancePValue(1, 2, 3)).toBeCloseTo(2 / 5, 12);
    expect(exceedancePValue(2, 2, 3)).toBeCloseTo(1 / 10, 12);
    expect(exceedancePValue(0, 2, 3)).toBe(1);
    expect(exceedancePValue(3, 2, 3)).toBe(0);
  });
});

describe("Fisher's exact test", () => {
  it('the lady tasting tea: 3 of 4 against 1 of 4 (R: fisher.test, 0.4857)', () => {
    expect(fisherExactPValue(3, 4, 1, 4)).toBeCloseTo(0.4857142857, 9);
  });
  it('no successes at all are no evidence', () => {
    expect(fisherExactPValue(0, 10, 0, 10_000_000)).toBe(1);
  });
  it('agrees with adding up all tables', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 25 }),
        fc.nat(25),
        fc.nat(25),
        (n, m, x, y) => {
          const [a, b] = [Math.min(x, n), Math.min(y, m)];
          const choose = (of: number, k: number): number => {
            let product = 1;
            for (let i = 1; i <= k; i++) product = (product * (of - k + i)) / i;
            return product;
          };
          const weight = (k: number): number =>
            k < 0 || k > n || a + b - k < 0 || a + b - k > m ? 0 : choose(n, k) * choose(m, a + b - k);
          const all = Array.from({ length: a + b + 1 }, (_, k) => weight(k));
          const total = all.reduce((sum, value) => sum + value, 0);
          const asRare = all.filter((value) => value <= weight(a) * (1 + 1e-7)).reduce((sum, value) => sum + value, 0);
          expect(fisherExactPValue(a, n, b, m)).toBeCloseTo(asRare / total, 8);
        },
      ),
    );
  });
});

const counts = fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 });
const twoCounts = counts.chain((first) =>
  fc.tuple(fc.constant(first), fc.array(fc.nat(1000), { minLength: first.length, maxLength: first.length })),
);

describe('counts over shared bins', () => {
  it('are never NaN or infinite, empty bins or not', () => {
    fc.assert(
      fc.property(twoCounts, ([reference, current]) => {
        const found = [
          psi(reference, current),
          totalVariation(reference, current),
          kolmogorovSmirnov(reference, current).pValue,
          chiSquareTest(reference, current).pValue,
          mannWhitneyFromBins(reference, current).pValue,
        ];
        expect(found.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('give no difference for equal shares', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (reference, times) => {
        const current = reference.map((count) => count * times);
        expect(psi(reference, current)).toBeCloseTo(0, 9);
        expect(totalVariation(reference, current)).toBeCloseTo(0, 9);
        expect(kolmogorovSmirnov(reference, current).pValue).toBe(1);
        expect(mannWhitneyFromBins(reference, current).probability).toBeCloseTo(0.5, 9);
      }),
    );
  });

  it('Mann-Whitney agrees with comparing every pair', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1 }), fc.array(fc.nat(6), { minLength: 1 }), (old, found) => {
        const tally = (values: number[]): number[] =>
          Array.from({ length: 7 }, (_, bin) => values.filter((value) => value === bin).length);
        let wins = 0;
        for (const x of old) for (const y of found) wins += y > x ? 1 : y === x ? 0.5 : 0;
        expect(mannWhitneyFromBins(tally(old), tally(found)).probability).toBeCloseTo(
          wins / old.length / found.length,
          9,
        );
      }),
    );
  });
});

describe('corrected p-values', () => {
  it('are no smaller than the raw ones, at most 1, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (raw) => {
        const corrected = holm(raw);
        const order = raw.map((_, index) => index).sort((a, b) => raw[a]! - raw[b]!);
        corrected.forEach((value, index) => {
          expect(value).toBeGreaterThanOrEqual(raw[index]!);
          expect(value).toBeLessThanOrEqual(1);
        });
        order.slice(1).forEach((index, place) => {
          expect(corrected[index]!).toBeGreaterThanOrEqual(corrected[order[place]!]!);
        });
      }),
    );
  });
  it('refuse what is no p-value', () => {
    expect(() => holm([0.5, Number.NaN])).toThrow(RangeError);
  });
});

describe('quantiles of binned values', () => {
  it('are exact at the edges and even inside a bin', () => {
    expect(quantilesFromBins([10, 20], [5, 5, 10], 0, 40, [0, 0.25, 0.375, 0.5, 0.75, 1])).toEqual([
      0, 10, 15, 20, 30, 40,
    ]);
  });
  it('never fall from one rank to the next, and stay within minimum and maximum', () => {
    const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        sample,
        fc.uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values, cuts) => {
          const edges = [...cuts].sort((a, b) => a - b);
          const binned = new Array<number>(edges.length + 1).fill(0);
          for (const value of values) binned[edges.filter((edge) => edge < value).length]!++;
          const [min, max] = [Math.min(...values), Math.max(...values)];
          const found = quantilesFromBins(edges, binned, min, max, [0, 0.1, 0.5, 0.9, 1]);
          found.forEach((value, index) => {
            expect(value).toBeGreaterThanOrEqual(index === 0 ? min : found[index - 1]!);
            expect(value).toBeLessThanOrEqual(max);
          });
        },
      ),
    );
  });
});

describe('spread between periods', () => {
  it('is nothing where periods differ no more than sampling does', () => {
    expect(
      betweenPeriodVariance([
        { count: 100, mean: 1, std: 10 },
        { count: 100, mean: 1.5, std: 10 },
      ]).variance,
    ).toBe(0);
  });
  it('is about the variance of the means where periods are large', () => {
    const periods = [1, 2, 3, 4, 5].map((mean) => ({ count: 1_000_000, mean, std: 1 }));
    expect(betweenPeriodVariance(periods).variance).toBeCloseTo(2.5, 3);
  });
});

describe('unseen values', () => {
  it('are less surprising where more saved values were seen once', () => {
    expect(unseenPValue(10, 1000, 0, 30_000)).toBeLessThan(1e-6);
    expect(unseenPValue(10, 1000, 300, 30_000)).toBeGreaterThan(0.1);
    expect(unseenPValue(0, 1000, 0, 30_000)).toBe(1);
  });
});
