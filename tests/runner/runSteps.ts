import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { combine, countSkipped, enforceSkips, failedOnce, type Outcome } from './outcome.ts';
import { runCommand } from './runCommand.ts';
import type { Step, StepContext } from './step.ts';

export interface RunOptions {
  readonly root: string;
  readonly reports: string;
  readonly signal: AbortSignal;
  readonly isContinuousIntegration: boolean;
  readonly print: (line: string) => void;
  readonly now: () => number;
}

const TAIL_LINES = 60;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function tailOf(log: string): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES) : [];
}

async function attempt(step: Step, context: StepContext): Promise<Outcome> {
  if (context.signal.aborted) {
    return failedOnce('stopped before it began');
  }
  try {
    return await step.run(context);
  } catch (error) {
    return failedOnce(error instanceof Error ? error.message : String(error));
  }
}

async function runStep(step: Step, options: RunOptions): Promise<Outcome> {
  const { root, reports, signal, print, now } = options;
  const log = path.join(reports, `${step.name}.log`);
  print(`\n== ${step.name}: ${step.title}`);
  const started = now();
  const outcome = enforceSkips(
    await attempt(step, {
      root,
      reports,
      signal,
      note: (line) => print(`   ${line}`),
      run: (command) => runCommand(command, { root, log, signal }),
    }),
    options.isContinuousIntegration
  );
  if (outcome.failed > 0) {
    const lines = tailOf(log);
    print([...lines.map((line) => `   | ${line}`), ...outcome.problems.map((problem) => `   x ${problem}`)].join('\n'));
    print(`   all of it: ${path.relative(root, log)}`);
  }
  const verdict = outcome.failed > 0 ? 'FAILED' : 'ok';
  const counts = `${outcome.passed} passed, ${outcome.failed} failed, ${countSkipped(outcome.skips)} not run`;
  print(`   ${verdict}, ${counts}, ${seconds(now() - started)}`);
  return outcome;
}

/** Runs every step in order, also after one failed. */
export async function runSteps(steps: readonly Step[], options: RunOptions): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    outcomes.push(await runStep(step, options));
  }
  return combine(outcomes);
}
