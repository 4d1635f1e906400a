import { z } from 'zod';
import { failedOnce, tellFailures, type Outcome, type Skip } from './outcome.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) })
      ),
    })
  ),
});

/** Reads what `jest --json` wrote. A suite that did not load counts as one failure, and so does a run without any test. */
export function readJestReport(text: string, exitCode: number): Outcome {
  const {
    numPassedTests: passed,
    numFailedTests,
    numRuntimeErrorTestSuites,
    testResults,
  } = report.parse(JSON.parse(text));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  if (passed + failed === 0) {
    return failedOnce('no test was found');
  }
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const skips = tests
    .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled')
    .map(({ fullName }): Skip => ({ about: fullName, count: 1, reason: 'the test said so' }));
  const broken = testResults
    .filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '')
    .map(({ name, message }) => ({ name: `did not load: ${name}`, why: message }));
  const failures = tests
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages: [why] }) => ({ name: fullName, why }));
  const problems = tellFailures([...broken, ...failures]);
  if (failed === 0 && exitCode !== 0) {
    return { passed, failed: 1, skips, problems: [`jest ended with code ${exitCode} though no test failed`] };
  }
  return { passed, failed, skips, problems };
}
