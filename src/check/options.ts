import type { ReadOptions } from '../sources/index.js';

export interface CheckOptions extends ReadOptions {
  /** The model whose snapshot the data is held to; by default the rules file's, or the only one that is saved. */
  readonly model?: string | undefined;
  /** The newest by default. */
  readonly apiVersion?: string | undefined;
  /** File of rules (`tidemark.yaml`); none by default. */
  readonly rules?: string | undefined;
  /** File of the snapshot, instead of one from the store. */
  readonly snapshot?: string | undefined;
  readonly store?: string | undefined;
  /** False leaves drift out; the rules file's setting by default. */
  readonly drift?: boolean | undefined;
  /** The least severity that makes a run degraded; `critical` by default. */
  readonly failOn?: 'warning' | 'critical' | undefined;
}

export interface CompareOptions extends ReadOptions {
  readonly failOn?: 'warning' | 'critical' | undefined;
  /** The probability of a false alarm in data that did not change; 0.01 by default. */
  readonly alpha?: number | undefined;
}
