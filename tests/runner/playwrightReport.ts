import { z } from 'zod';
import { failedOnce, tellFailures, type Outcome } from './outcome.ts';

const error = z.object({ message: z.string().optional() });

const test = z.object({
  projectName: z.string(),
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
  results: z.array(z.object({ errors: z.array(error) })),
});

const spec = z.object({ title: z.string(), file: z.string(), tests: z.array(test) });

interface Suite {
  readonly specs: ReadonlyArray<z.infer<typeof spec>>;
  readonly suites?: readonly Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.object({ specs: z.array(spec), suites: z.lazy(() => z.array(suite)).optional() });

const report = z.object({ suites: z.array(suite), errors: z.array(error) });

const specsOf = ({ specs, suites }: Suite): Array<z.infer<typeof spec>> => [
  ...specs,
  ...(suites ?? []).flatMap(specsOf),
];

/** Reads Playwright's JSON report. A test that passes only when repeated has failed. */
export function readPlaywrightReport(text: string, exitCode: number): Outcome {
  const { suites, errors } = report.parse(JSON.parse(text));
  const tests = suites
    .flatMap(specsOf)
    .flatMap(({ title, file, tests: runs }) =>
      runs.map((run) => ({ ...run, name: `${run.projectName}: ${file}: ${title}` }))
    );
  const failed = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky');
  const problems = [
    ...tellFailures(
      failed.map(({ name, results }) => ({ name, why: results.flatMap(({ errors: found }) => found)[0]?.message }))
    ),
    ...errors.map(({ message }) => message ?? 'an error without words'),
  ];
  const passed = tests.filter(({ status }) => status === 'expected').length;
  if (passed + problems.length === 0) {
    return failedOnce(exitCode === 0 ? 'no browser test was found' : `playwright ended with code ${exitCode}`);
  }
  const skips = tests
    .filter(({ status }) => status === 'skipped')
    .map(({ name, annotations }) => ({
      about: name,
      count: 1,
      reason: annotations.find(({ type }) => type === 'skip')?.description ?? 'the test said so',
    }));
  return { passed, failed: problems.length, skips, problems };
}
