import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExpressionForm } from '../../src/config/expression.js';
import { ExpressionError } from '../../src/config/expression-error.js';
import { PARAMETER_NAMES } from '../../src/config/parameter-names.js';
import { compute } from './saved-parameters.js';

/** An expression as its text, and its value computed by JavaScript itself. */
interface Sample {
  readonly text: string;
  readonly value: number;
}

describe('properties', () => {
  const leaf = fc.oneof(
    fc
      .double({ min: 0, max: 1e6, noNaN: true })
      .map((value): Sample => ({ text: String(Math.abs(value)), value: Math.abs(value) })),
    fc.constantFrom<Sample>(
      { text: '$mean', value: 12 },
      { text: '$fare.max', value: 40 },
      { text: '$"total amount".q95', value: 7 },
    ),
  );
  const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
    sample: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      tie('sample').map(({ text, value }) => ({ text: `(-${text})`, value: 0 - value })),
      tie('sample').map(({ text, value }) => ({ text: `abs( ${text} )`, value: Math.abs(value) })),
      fc
        .tuple(tie('sample'), tie('sample'))
        .map(([a, b]) => ({ text: `(${a.text} + ${b.text})`, value: a.value + b.value })),
      fc
        .tuple(tie('sample'), tie('sample'))
        .map(([a, b]) => ({ text: `(${a.text}-${b.text})`, value: a.value - b.value })),
      fc
        .tuple(tie('sample'), tie('sample'))
        .map(([a, b]) => ({ text: `(${a.text}*${b.text})`, value: a.value * b.value })),
      fc
        .tuple(tie('sample'), tie('sample'))
        .map(([a, b]) => ({ text: `(${a.text} / ${b.text})`, value: a.value / b.value })),
      fc.array(tie('sample'), { minLength: 1, maxLength: 3 }).map((all) => ({
        text: `max(${all.map((one) => one.text).join(', ')})`,
        value: Math.max(...all.map((one) => one.value)),
      })),
    ),
  }));

  test('the printed form of any expression has its value', () => {
    fc.assert(
      fc.property(sample, ({ text, value }) => {
        fc.pre(text.length < 1900);
        try {
          expect(compute(`$(${text})`, 'dollar')).toBe(value);
        } catch (error) {
          // Zeros and overflows on the way there.
          expect(error).toBeInstanceOf(ExpressionError);
          expect((error as ExpressionError).message).toMatch(/divides by zero|not a finite number/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('without parentheses, operators bind as they do in arithmetic', () => {
    const operand = fc.integer({ min: 1, max: 99 }).map(String);
    const operation = fc.tuple(fc.constantFrom('+', '-', '*', '/'), operand);
    fc.assert(
      fc.property(operand, fc.array(operation, { maxLength: 12 }), (first, rest) => {
        const terms: number[] = [Number(first)];
        for (const [operator, digits] of rest) {
          const value = Number(digits);
          if (operator === '+' || operator === '-') terms.push(operator === '+' ? value : -value);
          else terms.push(operator === '*' ? terms.pop()! * value : terms.pop()! / value);
        }
        const text = first + rest.map(([operator, digits]) => ` ${operator} ${digits}`).join('');
        expect(compute(text, 'parameter')).toBe(terms.reduce((sum, term) => sum + term));
      }),
    );
  });

  test('arbitrary text gives a value or an ExpressionError with a place inside', () => {
    const piece = fc.constantFrom(
      ...PARAMETER_NAMES,
      '$',
      'fare',
      '.',
      '"',
      '(',
      ')',
      ',',
      '+',
      '-',
      '*',
      '/',
      '1',
      '.5',
      'e',
      'q05',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom<ExpressionForm>('dollar', 'parameter'), (input, form) => {
        try {
          compute(input, form);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          const { offset } = error as ExpressionError;
          expect(offset === undefined || (offset >= 0 && offset <= input.length)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
