#!/usr/bin/env node

// Exit code 1 means "degraded", so whatever goes wrong here must end with 2 instead: Node's own code for a crash is 1.
function fail(error) {
  process.stderr.write(`tidemark could not run: ${error?.stack ?? error}\n`);
  process.exitCode = 2;
}

// A reader that has seen enough (`tidemark rules | head -1`) does not change the verdict.
function ignoreClosedPipe(error) {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
}

process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

try {
  const { main } = await import('../dist/cli.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}
