import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { deadCode, format, lint, typecheck } from './runner/checkSteps.ts';
import { exitCodeOf, summarise } from './runner/outcome.ts';
import { browserTests, build, goTests, stackTests } from './runner/programSteps.ts';
import { runSteps } from './runner/runSteps.ts';
import type { Step } from './runner/step.ts';
import { coverageCheck, nodeTests, postgresTests, webTests } from './runner/unitSteps.ts';

/** In order: what is quick to fail first, the browser last, as it needs the build. */
const STEPS: readonly Step[] = [
  typecheck,
  lint,
  format,
  deadCode,
  nodeTests,
  webTests,
  postgresTests,
  coverageCheck,
  stackTests,
  goTests,
  build,
  browserTests,
];

const HELP = `Runs every check of the project and ends on one line with the totals.

  npm test                         everything
  npm test -- --only node,build    these steps only
  npm test -- --list               the steps

Logs are under .pharos/test/. With CI=true only Grafana and Tempo may be missing.`;

interface Choice {
  readonly steps: readonly Step[];
  /** To print instead of running anything. */
  readonly text?: string;
  readonly code: number;
}

function choose(argv: readonly string[]): Choice {
  const { values } = parseArgs({
    args: [...argv],
    options: { only: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    return { steps: [], text: HELP, code: 0 };
  }
  if (values.list) {
    return { steps: [], text: STEPS.map(({ name, title }) => `${name.padEnd(10)} ${title}`).join('\n'), code: 0 };
  }
  const names = values.only?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = STEPS.map(({ name }) => name).join(', ');
    return { steps: [], text: `There is no step "${unknown}"; the steps are ${known}.`, code: 2 };
  }
  return { steps: names ? STEPS.filter(({ name }) => names.includes(name)) : STEPS, code: 0 };
}

function tryChoose(argv: readonly string[]): Choice {
  try {
    return choose(argv);
  } catch (error) {
    return { steps: [], text: error instanceof Error ? error.message : String(error), code: 2 };
  }
}

/** `pharos test`: runs the chosen steps and returns the exit code, zero only when something ran and nothing failed. */
export async function run(argv: readonly string[]): Promise<number> {
  const { steps, text, code } = tryChoose(argv);
  if (text !== undefined) {
    console.log(text);
    return code;
  }
  const root = path.resolve(import.meta.dirname, '..');
  const reports = path.join(root, '.pharos', 'test');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const outcome = await runSteps(steps, {
      root,
      reports,
      signal: stopped.signal,
      isContinuousIntegration: process.env['CI'] === 'true',
      print: (line) => console.log(line),
      now: () => performance.now(),
    });
    console.log(`\n${summarise(outcome).join('\n')}`);
    return exitCodeOf(outcome);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
