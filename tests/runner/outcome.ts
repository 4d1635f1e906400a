import { stripVTControlCharacters } from 'node:util';

/** Tests that did not run, and why. */
export interface Skip {
  /** What is missing: the name of a step or of a test. */
  readonly about: string;
  readonly count: number;
  readonly reason: string;
}

/** What one step came to. A step that is no test runner counts as one. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly Skip[];
  /** Sentences on what failed; shown above the end of the step's log. */
  readonly problems: readonly string[];
}

export const passedOnce: Outcome = { passed: 1, failed: 0, skips: [], problems: [] };

export const failedOnce = (problem: string): Outcome => ({ passed: 0, failed: 1, skips: [], problems: [problem] });

export const skippedOnce = (about: string, reason: string): Outcome => ({
  passed: 0,
  failed: 0,
  skips: [{ about, count: 1, reason }],
  problems: [],
});

export interface Failure {
  readonly name: string;
  readonly why: string | undefined;
}

const REASON_LINES = 6;
/** Where more fail, the reasons are alike, and the log has them. */
const REASONS = 12;

/** Tests that failed, the first with the beginning of why: of a run on another machine often nothing else is kept. */
export const tellFailures = (failures: readonly Failure[]): string[] =>
  failures.map(({ name, why }, index) => [name, ...(index < REASONS ? reasonLines(why ?? '') : [])].join('\n'));

const reasonLines = (why: string): string[] =>
  stripVTControlCharacters(why)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, REASON_LINES)
    .map((line) => `    ${line.trim()}`);

export const outcomeOf = (exitCode: number, command: string): Outcome =>
  exitCode === 0 ? passedOnce : failedOnce(`${command} ended with code ${exitCode}`);

export const combine = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
  skips: outcomes.flatMap(({ skips }) => skips),
  problems: outcomes.flatMap(({ problems }) => problems),
});

/** In continuous integration all can be installed but Grafana and Tempo: any other skip is a hole, and so a failure. */
const mayBeMissing = ({ about }: Skip): boolean => /\b(grafana|tempo)\b/i.test(about);

export function enforceSkips(outcome: Outcome, isContinuousIntegration: boolean): Outcome {
  const refused = isContinuousIntegration ? outcome.skips.filter((skip) => !mayBeMissing(skip)) : [];
  return {
    passed: outcome.passed,
    failed: outcome.failed + countSkipped(refused),
    skips: outcome.skips.filter((skip) => !refused.includes(skip)),
    problems: [
      ...outcome.problems,
      ...refused.map(
        ({ about, reason }) => `${about} was skipped (${reason}); with CI=true only Grafana and Tempo may be missing`
      ),
    ],
  };
}

export const countSkipped = (skips: readonly Skip[]): number => skips.reduce((sum, { count }) => sum + count, 0);

/** The last lines of a run: a line per reason, then the totals. */
export function summarise({ passed, failed, skips }: Outcome): string[] {
  return [
    ...skips.map(({ about, count, reason }) => `skipped ${count}: ${about}: ${reason}`),
    `${passed} passed, ${failed} failed, ${countSkipped(skips)} skipped`,
  ];
}

/** Zero only when something ran and nothing failed. */
export const exitCodeOf = ({ passed, failed }: Outcome): number => (failed === 0 && passed > 0 ? 0 : 1);
