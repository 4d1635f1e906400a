import { z } from 'zod';
import { failedOnce, type Outcome } from './outcome.ts';

const event = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  ImportPath: z.string().optional(),
});

const isJson = (line: string): boolean => line.startsWith('{');

/** Reads the lines of `go test -json`: tests with their subtests; a package that fails without a failed test did not build. */
export function readGoReport(lines: readonly string[], exitCode: number): Outcome {
  const events = lines.filter(isJson).map((line) => event.parse(JSON.parse(line)));
  const of = (action: string): string[] =>
    events
      .filter(({ Action, Test }) => Action === action && Test !== undefined)
      .map(({ Package, Test }) => `${Package} ${Test}`);
  const failedTests = of('fail');
  const broken = events
    .filter(
      ({ Action, Test, Package }) =>
        Action === 'fail' && !Test && !failedTests.some((name) => name.startsWith(`${Package} `))
    )
    .map(({ Package }) => `${Package} did not build or crashed`);
  const passed = of('pass').length;
  const problems = [...failedTests, ...broken];
  if (passed + problems.length === 0) {
    return failedOnce(exitCode === 0 ? 'no Go test was found' : `go test ended with code ${exitCode}`);
  }
  return {
    passed,
    failed: problems.length,
    skips: of('skip').map((about) => ({ about, count: 1, reason: 'the test said so' })),
    problems,
  };
}
