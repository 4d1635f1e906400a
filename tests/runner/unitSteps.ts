import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import coverage from 'istanbul-lib-coverage';
import { readJestReport } from './jestReport.ts';
import { combine, failedOnce, passedOnce, skippedOnce, type Outcome } from './outcome.ts';
import { startPostgres } from './postgres.ts';
import { findPostgres } from './programs.ts';
import { tool, type Step, type StepContext } from './step.ts';

export interface JestRun {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs one project of jest.config.cjs and counts its tests. */
export async function runJest(context: StepContext, { name, args, environment }: JestRun): Promise<Outcome> {
  const file = path.join(context.reports, `${name}.json`);
  const command = tool('jest/bin/jest.js', ['--ci', '--json', `--outputFile=${file}`, ...args]);
  const code = await context.run({ ...command, ...(environment && { environment }) });
  return existsSync(file)
    ? readJestReport(readFileSync(file, 'utf8'), code)
    : failedOnce(`jest ended with code ${code}`);
}

const coverageFolder = (context: StepContext, name: string): string => path.join(context.reports, 'coverage', name);

const withCoverage = (context: StepContext, name: string): string[] => [
  '--coverage',
  '--coverageReporters=json',
  `--coverageDirectory=${coverageFolder(context, name)}`,
];

export const nodeTests: Step = {
  name: 'node',
  title: 'unit tests of what Node runs',
  run: (context) =>
    runJest(context, { name: 'node', args: ['--selectProjects=node', ...withCoverage(context, 'node')] }),
};

export const webTests: Step = {
  name: 'web',
  title: 'unit tests of what browsers run',
  run: (context) => runJest(context, { name: 'web', args: ['--selectProjects=web', ...withCoverage(context, 'web')] }),
};

/** The store's tests once more, on the other of its two databases. */
export const postgresTests: Step = {
  name: 'postgres',
  title: 'store tests on PostgreSQL',
  async run(context) {
    const programs = findPostgres();
    if (programs === null) {
      return skippedOnce(
        'store tests on PostgreSQL',
        "initdb and postgres were not found; install the system's postgresql package"
      );
    }
    const server = await startPostgres(programs, path.join(context.reports, 'postgres.log'));
    try {
      context.note(`PostgreSQL from ${programs}`);
      return await runJest(context, {
        name: 'postgres',
        args: ['--selectProjects=node', ...withCoverage(context, 'postgres'), '--testPathPatterns=^.*/server/store/'],
        environment: { PHAROS_TEST_DATABASE_URL: server.url },
      });
    } finally {
      await server.stop();
    }
  },
};

/** Percent of lines that the tests must reach, in each of these. */
const LEAST_COVERED = 85;
const COVERED_FOLDERS = ['src/core', 'server', 'cli'];

export interface LineCoverage {
  readonly covered: number;
  readonly total: number;
}

export function judgeCoverage(folder: string, { covered, total }: LineCoverage): Outcome {
  const percent = total === 0 ? 0 : (100 * covered) / total;
  const sentence = `${folder}: ${covered} of ${total} lines covered, ${percent.toFixed(1)} %`;
  return percent >= LEAST_COVERED ? passedOnce : failedOnce(`${sentence}; at least ${LEAST_COVERED} % are expected`);
}

function linesBelow(map: coverage.CoverageMap, folder: string): LineCoverage {
  const files = map.files().filter((file) => file.startsWith(`${folder}${path.sep}`));
  const lines = files.map((file) => map.fileCoverageFor(file).toSummary().lines);
  return {
    covered: lines.reduce((sum, line) => sum + line.covered, 0),
    total: lines.reduce((sum, line) => sum + line.total, 0),
  };
}

/** Joins what the unit tests and the store tests covered. */
export const coverageCheck: Step = {
  name: 'coverage',
  title: `at least ${LEAST_COVERED} % of lines covered`,
  async run(context) {
    const map = coverage.createCoverageMap({});
    const files = ['node', 'web', 'postgres'].map((name) =>
      path.join(coverageFolder(context, name), 'coverage-final.json')
    );
    const found = files.filter((file) => existsSync(file));
    if (found.length === 0) {
      return failedOnce('no coverage was recorded; run it together with the steps node, web and postgres');
    }
    for (const file of found) {
      map.merge(JSON.parse(readFileSync(file, 'utf8')));
    }
    const all = COVERED_FOLDERS.map((folder) => ({ folder, lines: linesBelow(map, path.join(context.root, folder)) }));
    for (const { folder, lines } of all) {
      context.note(
        `${folder}: ${lines.covered} of ${lines.total} lines, ${((100 * lines.covered) / lines.total).toFixed(1)} %`
      );
    }
    return combine(all.map(({ folder, lines }) => judgeCoverage(folder, lines)));
  },
};
