// node summary.js RESULTS STATUS: names what was skipped, then counts, from vitest's JSON, as the last line. A run that
// failed elsewhere than in a test, or ran none, counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
const tests = results.testResults.flatMap((suite) => suite.assertionResults);
const withStatus = (...names) => tests.filter((test) => names.includes(test.status));

const passed = withStatus('passed').length;
const failed = withStatus('failed').length;
for (const { fullName } of withStatus('skipped', 'pending', 'todo')) console.log(`skipped: ${fullName}`);
console.log(`${passed} passed, ${status === '0' && tests.length > 0 ? failed : Math.max(failed, 1)} failed`);
