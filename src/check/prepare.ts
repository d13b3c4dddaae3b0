import { loadSettings, resolveSource, type Settings } from '../config/index.js';
import { UsageError } from '../errors.js';
import { bindRules } from '../expectations/index.js';
import { DEFAULT_STORE, findSnapshot, readSnapshot, type Snapshot } from '../snapshot/index.js';
import type { ColumnKind, Data, ReadOptions } from '../sources/index.js';
import type { CheckPlan } from './check.js';
import type { CheckOptions } from './options.js';

/** The chance of a false alarm in a whole check of data that did not change. */
export const DEFAULT_ALPHA = 0.01;

/** What a check is going to do: its rules bound, its snapshot read, nothing of the data touched. */
export async function prepareCheck(
  options: CheckOptions,
): Promise<{ plan: CheckPlan; read: ReadOptions; settings: Settings | null }> {
  const settings = options.rules === undefined ? null : await loadSettings(options.rules);
  const snapshot = await snapshotFor(options, settings);
  const drift = options.drift ?? settings?.drift.enabled ?? true;
  if (!snapshot && !settings) {
    throw new UsageError(
      'There is nothing to hold the data to: no snapshot and no rules.',
      'Save a snapshot with `tidemark snapshot <data> --model M --api-version V`, or write rules into tidemark.yaml.',
    );
  }
  const [chosen, left] = [settings?.drift.columns, settings?.drift.exclude ?? []];
  const plan: CheckPlan = {
    saved: drift ? snapshot : null,
    snapshot,
    rules: bindRules(settings?.expectations ?? [], snapshot),
    alpha: settings?.drift.alpha ?? DEFAULT_ALPHA,
    isChosen: (column) => !left.includes(column) && (chosen?.includes(column) ?? true) && isRead(column, options),
    failOn: options.failOn ?? 'critical',
    retrainPolicy: settings?.retrain?.when ?? null,
  };
  const eventTime =
    options.eventTime ?? settings?.eventTime ?? (usesTime(options) ? (snapshot?.event_time ?? undefined) : undefined);
  return {
    plan,
    settings,
    read: { ...options, eventTime: usesTime(options) ? eventTime : undefined, kinds: kindsOf(snapshot) },
  };
}

const usesTime = ({ since, until }: ReadOptions): boolean => since !== undefined || until !== undefined;

export const isRead = (column: string, { columns, exclude }: ReadOptions): boolean =>
  (columns?.includes(column) ?? true) && !exclude?.includes(column);

/** Text formats read a column as it was when the snapshot was saved. */
export const kindsOf = (snapshot: Snapshot | null): ReadonlyMap<string, ColumnKind> | undefined =>
  snapshot ? new Map(snapshot.columns.map((column) => [column.name, column.kind] as const)) : undefined;

async function snapshotFor(options: CheckOptions, settings: Settings | null): Promise<Snapshot | null> {
  if (options.snapshot !== undefined) return readSnapshot(options.snapshot);
  const model = options.model ?? settings?.model;
  const asked = options.model !== undefined || options.apiVersion !== undefined;
  const version =
    options.apiVersion ??
    (options.model === undefined || options.model === settings?.model ? settings?.apiVersion : undefined);
  const store = options.store ?? DEFAULT_STORE;
  try {
    return await findSnapshot(store, model, version);
  } catch (error) {
    // A rules file may name its model before the first snapshot is saved; its plain rules can be judged all the same.
    if (asked || !settings || settings.expectations.length === 0 || !isMissing(error)) throw error;
    return null;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('There is no snapshot');

/** What a name of `sources:` in the rules file stands for; any other data stands for itself. */
export function resolveData(
  data: Data,
  read: ReadOptions,
  settings: Settings | null,
): { data: Data; read: ReadOptions } {
  if (typeof data !== 'string' || !settings || !Object.hasOwn(settings.sources, data)) return { data, read };
  const { data: found, query, ...own } = resolveSource(settings, data);
  if (query !== undefined)
    throw new UsageError(`The source ${data} has a query: files are read without one.`, 'Give a `where` instead.');
  const asked = Object.entries(read).filter(([, value]) => value !== undefined);
  return { data: found, read: { ...own, ...Object.fromEntries(asked) } };
}
