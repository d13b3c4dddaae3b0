/** Kwargs of a rule after `$` expressions were replaced. */
export type Kwargs = Readonly<Record<string, unknown>>;

/** One kwarg: what it may hold, and its documentation. One table serves validation, docs and schema. */
export interface Kwarg {
  readonly type: keyof typeof accepts;
  readonly description: string;
  readonly required?: boolean;
  readonly default?: unknown;
  /** For `choice`. */
  readonly choices?: readonly string[];
}

const isNumber = (value: unknown): boolean =>
  (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'bigint';

/** What each type accepts, in words and as a test. */
export const accepts = {
  column: { words: 'the name of a column', test: (value: unknown) => typeof value === 'string' && value !== '' },
  number: { words: 'a number', test: (value: unknown) => isNumber(value) || isNumberText(value) },
  count: {
    words: 'a whole number, 0 or more',
    test: (value: unknown) => isNumber(value) && Number(value) >= 0 && Number.isInteger(Number(value)),
  },
  bound: {
    words: 'a number, a date or a timestamp',
    test: (value: unknown) => isNumber(value) || typeof value === 'string',
  },
  share: {
    words: 'a share between 0 and 1, such as 0.95',
    test: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  boolean: { words: 'true or false', test: (value: unknown) => typeof value === 'boolean' },
  text: { words: 'a text', test: (value: unknown) => typeof value === 'string' },
  choice: { words: 'one of its choices', test: (value: unknown) => typeof value === 'string' },
  regex: { words: 'a regular expression', test: isRegex },
  values: { words: 'a list of values', test: isListOfScalars },
  names: {
    words: 'a list of names',
    test: (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  },
  quantile_ranges: {
    words: 'a map of `quantiles` and `value_ranges`, two lists of the same length',
    test: isQuantileRanges,
  },
} as const;

function isNumberText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}

function isRegex(value: unknown): boolean {
  return typeof value === 'string';
}

function isListOfScalars(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object');
}

function isQuantileRanges(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { quantiles, value_ranges: ranges } = value as Record<string, unknown>;
  if (!Array.isArray(quantiles) || !Array.isArray(ranges) || quantiles.length !== ranges.length) return false;
  if (quantiles.length === 0) return false;
  const inRange = (rank: unknown) => typeof rank === 'number' && rank >= 0 && rank <= 1;
  const isBound = (bound: unknown) => bound === null || isNumber(bound) || isNumberText(bound);
  const isRange = (range: unknown) => Array.isArray(range) && range.length === 2 && range.every(isBound);
  return quantiles.every(inRange) && ranges.every(isRange);
}

/** What a value is, for a message that says what it got. */
export function describeValue(value: unknown): string {
  const text = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item)) ?? String(value);
  const type = Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'nothing'
      : typeof value === 'object'
        ? 'a map'
        : null;
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return type === 'nothing' ? 'nothing (null)' : type ? `${type}, ${shown}` : shown;
}

/** What is wrong with one kwarg's value; null where it fits. */
export function kwargProblem(name: string, kwarg: Kwarg, value: unknown): string | null {
  if (value === null && !kwarg.required) return null;
  if (kwarg.choices && !kwarg.choices.includes(value as string)) {
    return `${name} must be one of ${kwarg.choices.join(', ')}; got ${describeValue(value)}`;
  }
  if (accepts[kwarg.type].test(value)) return null;
  const hint =
    kwarg.type === 'share' && typeof value === 'number' && value > 1 && value <= 100
      ? `: ${value} percent is ${value / 100}`
      : '';
  return `${name} must be ${accepts[kwarg.type].words}; got ${describeValue(value)}${hint}`;
}

// The kwargs that many rules share.

export const columnKwarg: Kwarg = { type: 'column', required: true, description: 'The column.' };
export const mostlyKwarg: Kwarg = {
  type: 'share',
  default: 1,
  description: 'The share of values that are not missing for which the rule must hold.',
};
export const boundKwargs = {
  min_value: { type: 'bound', description: 'The smallest value allowed; none by default.' },
  max_value: { type: 'bound', description: 'The largest value allowed; none by default.' },
  strict_min: { type: 'boolean', default: false, description: 'True where `min_value` itself is not allowed.' },
  strict_max: { type: 'boolean', default: false, description: 'True where `max_value` itself is not allowed.' },
} as const satisfies Record<string, Kwarg>;

/** The bounds of a rule: null where it has none. */
export interface Bounds {
  readonly min: unknown;
  readonly max: unknown;
  readonly strictMin: boolean;
  readonly strictMax: boolean;
}

export function boundsOf(kwargs: Kwargs): Bounds {
  return {
    min: kwargs.min_value ?? null,
    max: kwargs.max_value ?? null,
    strictMin: kwargs.strict_min === true,
    strictMax: kwargs.strict_max === true,
  };
}

/** Bounds that contradict each other, or none at all where one is needed. */
export function boundsConflict(kwargs: Kwargs, oneNeeded = false): string | null {
  const { min, max, strictMin, strictMax } = boundsOf(kwargs);
  if (min === null && max === null)
    return oneNeeded ? 'min_value and max_value are both missing: give at least one' : null;
  if (min === null || max === null) return null;
  const numbers = [Number(min), Number(max)];
  const [low, high] = numbers.some(Number.isNaN) ? [String(min), String(max)] : numbers;
  if (low! > high!) return `min_value ${min} is above max_value ${max}`;
  return low === high && (strictMin || strictMax) ? `no value lies strictly between ${min} and ${max}` : null;
}

/** True where a number lies within bounds. A missing number does not. */
export function within(value: number | null, bounds: Bounds): boolean {
  if (value === null || Number.isNaN(value)) return false;
  const { min, max, strictMin, strictMax } = bounds;
  const overMin = min === null || (strictMin ? value > Number(min) : value >= Number(min));
  return overMin && (max === null || (strictMax ? value < Number(max) : value <= Number(max)));
}
