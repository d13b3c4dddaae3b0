import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  chiSquareTest,
  fisherExactPValue,
  holm,
  mannWhitneyFromBins,
  psi,
  totalVariation,
  twoProportionsPooledZ,
} from '../../src/statistics/index.js';
import { describeWithShared, inShared } from '../support/shared.js';

interface Reference {
  readonly counts: readonly {
    readonly reference_counts: number[];
    readonly current_counts: number[];
    readonly expect: Record<string, number>;
  }[];
  readonly samples: readonly {
    readonly name: string;
    readonly reference: number[];
    readonly current: number[];
    readonly expect: Record<string, number>;
  }[];
  readonly tests: {
    readonly two_proportions: readonly {
      n: [number, number];
      successes: [number, number];
      p_value_pooled_z: number;
      p_value_fisher_exact: number;
    }[];
    readonly p_value_adjustment: readonly { p_values: number[]; holm: number[] }[];
  };
}

/** Equal to nine digits. */
const close = (found: number, expected: number): void => {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-30) + 1e-15);
};

const read = (): Reference => JSON.parse(readFileSync(inShared('reference', 'statistics.json'), 'utf8'));

describeWithShared('values from SciPy and scikit-learn', () => {
  it('PSI and total variation of counts', () => {
    for (const { reference_counts, current_counts, expect: expected } of read().counts) {
      close(psi(reference_counts, current_counts), expected.psi_natural_log!);
      close(totalVariation(reference_counts, current_counts), expected.total_variation_distance!);
    }
  });

  it("Fisher's exact test and the pooled z test", () => {
    for (const { n, successes, p_value_pooled_z, p_value_fisher_exact } of read().tests.two_proportions) {
      close(twoProportionsPooledZ(successes[0], n[0], successes[1], n[1]).pValue, p_value_pooled_z);
      expect(fisherExactPValue(successes[0], n[0], successes[1], n[1])).toBeCloseTo(p_value_fisher_exact, 9);
    }
  });

  it("Holm's correction", () => {
    for (const { p_values, holm: expected } of read().tests.p_value_adjustment) {
      holm(p_values).forEach((value, index) => {
        close(value, expected[index]!);
      });
    }
  });

  it('chi-square of counts that are all large', () => {
    for (const { reference_counts, current_counts, expect: expected } of read().counts) {
      if (expected.chi_square_p_value === undefined || Math.min(...current_counts) < 10) continue;
      close(chiSquareTest(reference_counts, current_counts).pValue, expected.chi_square_p_value);
    }
  });

  it('never gives NaN, whatever the sample', () => {
    for (const { reference_counts, current_counts } of read().counts) {
      expect(Number.isFinite(mannWhitneyFromBins(reference_counts, current_counts).z)).toBe(true);
    }
  });
});
