import type { Source } from '../sources/source.js';
import { MeasuredValues } from '../sql/measure.js';
import { type Plan, planScans } from './plan.js';

/** Runs the queries of a plan, one after the other: each uses all threads of the engine. */
export async function runPlan(plan: Plan, source: Source): Promise<MeasuredValues> {
  const values = new MeasuredValues();
  for (const query of [...plan.scans, ...plan.alone]) query.decode(await source.query(query.sql), values);
  const missed = plan.guesses.filter((guess) => {
    const found = guess.resolve(values);
    if (found !== null) values.set(guess.asked, found);
    return found === null;
  });
  const again = planScans(
    missed.map(({ asked }) => asked),
    source.dialect,
    source.relation,
  );
  for (const query of again.scans) query.decode(await source.query(query.sql), values);
  return values;
}
