import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binomialUpperTail,
  chiSquareUpperTail,
  exceedancePValue,
  fisherExactPValue,
  normalQuantile,
  normalTwoSidedPValue,
  tQuantile,
  tTwoSidedPValue,
  twoProportionsPooledZ,
  unseenPValue,
} from '../../src/statistics/index.js';

// Expected values without another source are those of SciPy 1.17.1.

/** Equal up to a share of the expected value, which may be far below what `toBeCloseTo` can see. */
function expectRelative(found: number, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(found / expected - 1), `${found} instead of ${expected}`).toBeLessThan(tolerance);
}

describe('tails agree with SciPy', () => {
  it.each([
    [0.5, 0.6170750774519738],
    [1.959963984540054, 0.05],
    [-6, 1.973175290075389e-9],
    [30, 9.813427854295816e-198],
    [37, 1.1451142445047853e-299],
  ])('normal: 2 * norm.sf(|%f|)', (z, expected) => {
    expectRelative(normalTwoSidedPValue(z), expected);
  });

  it.each([
    [-30, 50, 1.2380022795987244e-33],
    [2.5, 7, 0.04099221858575289],
    [12, 3, 0.0012450158007893362],
    [-0.001, 1, 0.9993633804398159],
    [40, 200, 2.2487396535202197e-97],
  ])('Student: 2 * t.sf(|%f|, %i)', (t, freedom, expected) => {
    expectRelative(tTwoSidedPValue(t, freedom), expected);
  });

  it.each([
    [800, 20, 1.4152785631076833e-156],
    [3.841458820694124, 1, 0.05],
    [1000, 999, 0.48513148927490146],
    [0.5, 2.5, 0.8638836284585889],
    [1200, 300, 8.141483656059241e-108],
  ])('chi-square: chi2.sf(%f, %f)', (x, freedom, expected) => {
    expectRelative(chiSquareUpperTail(x, freedom), expected);
  });

  it.each([
    [10, 1000, 0.0001, 2.4074537897983194e-17],
    [600, 1000, 0.5, 1.3642320780329735e-10],
    [1, 5, 0.2, 0.67232],
    [5, 5, 0.01, 1e-10],
    [30, 100_000, 0.00005, 2.8090126865559743e-14],
  ])('binomial: binom.sf(%i - 1, %i, %f)', (k, n, p, expected) => {
    expectRelative(binomialUpperTail(k, n, p), expected);
  });

  it.each([
    [0.025, -1.9599639845400545],
    [0.975, 1.959963984540054],
    [1e-12, -7.034483825301131],
  ])('normal: norm.ppf(%f)', (p, expected) => {
    expectRelative(normalQuantile(p), expected, 1e-6);
  });

  it.each([
    [0.975, 4, 2.7764451051977934],
    [0.005, 30, -2.749995653567226],
    [1e-6, 12, -8.504302718054584],
  ])('Student: t.ppf(%f, %i)', (p, freedom, expected) => {
    expectRelative(tQuantile(p, freedom), expected);
  });
});

describe('tails at their ends', () => {
  it('a chi-square of 0 is certain', () => expect(chiSquareUpperTail(0, 5)).toBe(1));
  it('at least no successes are certain', () => expect(binomialUpperTail(0, 10, 0.1)).toBe(1));
  it('more successes than trials are impossible', () => expect(binomialUpperTail(11, 10, 0.9)).toBe(0));
  it('one success of probability 0 is impossible', () => expect(binomialUpperTail(1, 10, 0)).toBe(0));
  it('all successes of probability 1 are certain', () => expect(binomialUpperTail(10, 10, 1)).toBe(1));
  it('z = 0 and t = 0 are certain', () => expect([normalTwoSidedPValue(0), tTwoSidedPValue(0, 3)]).toEqual([1, 1]));
});

describe("Fisher's exact test agrees with SciPy", () => {
  it.each([
    [3, 10, 9, 10, 0.019766611097880443, 1e-9],
    [40, 2000, 30, 500, 1.0799255408451808e-5, 1e-9],
    [0, 50, 8, 40, 0.0009921198177643403, 1e-9],
    [150, 30_000, 220, 30_000, 0.0003086425525068112, 1e-9],
    [5000, 200_000, 5400, 200_000, 7.344606778411171e-5, 1e-7],
    [3, 1_000_000, 12, 1_000_000, 0.03515558350245735, 1e-7],
  ])('%i of %i against %i of %i', (a, n, b, m, expected, tolerance) => {
    expectRelative(fisherExactPValue(a, n, b, m), expected, tolerance);
    expectRelative(fisherExactPValue(b, m, a, n), expected, tolerance);
  });
});

describe('pooled z test of two shares', () => {
  it('is positive where the second share is larger', () => {
    expect(twoProportionsPooledZ(10, 100, 20, 100).z).toBeGreaterThan(0);
    expect(twoProportionsPooledZ(20, 100, 10, 100).z).toBeLessThan(0);
  });

  it.each([
    ['no trials on the first side', 0, 0, 1, 2],
    ['no trials on the second side', 1, 2, 0, 0],
    ['no trials at all', 0, 0, 0, 0],
    ['no successes', 0, 5, 0, 7],
    ['successes only', 5, 5, 7, 7],
  ])('is no evidence with %s', (_, a, n, b, m) => {
    expect(twoProportionsPooledZ(a, n, b, m)).toEqual({ z: 0, pValue: 1 });
  });

  it('and the exact test are never NaN', () => {
    const side = fc.tuple(fc.nat(500), fc.nat(500)).map(([x, y]) => [Math.min(x, y), Math.max(x, y)] as const);
    fc.assert(
      fc.property(side, side, ([a, n], [b, m]) => {
        const { z, pValue } = twoProportionsPooledZ(a, n, b, m);
        expect(Number.isFinite(z)).toBe(true);
        for (const p of [pValue, fisherExactPValue(a, n, b, m)]) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

/** The share of all placings of `m` new among `n` old values that have at least `k` new ones above every old one. */
function enumerateExceedance(k: number, m: number, n: number): number {
  let [hits, all] = [0, 0];
  for (let mask = 0; mask < 2 ** (n + m); mask++) {
    const isNew = Array.from({ length: n + m }, (_, place) => (mask >> place) % 2 === 1);
    if (isNew.filter(Boolean).length !== m) continue;
    all++;
    const above = n === 0 ? m : isNew.length - 1 - isNew.lastIndexOf(false);
    if (above >= k) hits++;
  }
  return hits / all;
}

describe('new values above every old one', () => {
  it('agree with enumerating all orders of up to ten values', () => {
    for (let n = 1; n <= 5; n++) {
      for (let m = 1; m <= 5; m++) {
        for (let k = 0; k <= m + 1; k++) {
          expect(exceedancePValue(k, m, n), `${k} of ${m} above ${n}`).toBeCloseTo(enumerateExceedance(k, m, n), 12);
        }
      }
    }
  });

  it('one new value above n old ones has probability 1 / (n + 1), for millions too', () => {
    expectRelative(exceedancePValue(1, 1, 9_999_999), 1e-7, 1e-6);
  });
});

describe('unseen values', () => {
  const sizes = fc.record({ m: fc.integer({ min: 1, max: 2000 }), n: fc.integer({ min: 1, max: 100_000 }) });

  it('are the more surprising the more there are', () => {
    fc.assert(
      fc.property(sizes, fc.nat(500), fc.nat(2000), ({ m, n }, once, unseen) => {
        const fewer = unseenPValue(Math.min(unseen, m), m, Math.min(once, n), n);
        const more = unseenPValue(Math.min(unseen, m) + 1, m, Math.min(once, n), n);
        expect(more).toBeLessThanOrEqual(fewer + 1e-12);
      }),
    );
  });

  it('are the less surprising the more saved values were seen once', () => {
    fc.assert(
      fc.property(sizes, fc.nat(500), fc.nat(200), ({ m, n }, once, unseen) => {
        expect(unseenPValue(unseen, m, once + 1, n)).toBeGreaterThanOrEqual(unseenPValue(unseen, m, once, n) - 1e-12);
      }),
    );
  });

  it('are a probability, whatever the counts', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100), (unseen, m, once, n) => {
        const p = unseenPValue(Math.min(unseen, m), m, Math.min(once, n), n);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});
