import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCatalogueProblems } from '../../cli/catalogue/checks.ts';
import { readPluginFolder } from '../../cli/catalogue/pluginFolder.ts';
import { isAtHand, locate, getArchitecture, type Located, type LocateOptions } from '../../stack/locate.ts';
import type { Part, PartName } from '../../stack/part.ts';
import { parts } from '../../stack/parts.ts';
import { getProgramCache } from '../../stack/paths.ts';
import { thisMachine } from '../../stack/relay.ts';
import { readGoReport } from './goReport.ts';
import { combine, failedOnce, outcomeOf, passedOnce, skippedOnce, type Outcome, type Skip } from './outcome.ts';
import { readPlaywrightReport } from './playwrightReport.ts';
import { findChromium, findGrafana, findOnPath } from './programs.ts';
import { tool, type Step, type StepContext } from './step.ts';
import { runJest } from './unitSteps.ts';

/** Without these nothing of the real stack can be tested; Tempo and Grafana are used where they are at hand. */
const NEEDED: readonly PartName[] = ['prometheus', 'loki'];

async function findPart(part: Part, options: LocateOptions): Promise<Located> {
  if (NEEDED.includes(part.name) || (await isAtHand(part, options))) {
    return locate(part, options);
  }
  return { program: undefined, because: `not on this machine. ${part.advice}` };
}

/** Tests against real stores. The programs found, or built, come first on PATH for them. */
export const stackTests: Step = {
  name: 'stack',
  title: 'tests against real Prometheus, Loki and what else is there',
  async run(context) {
    const searchPath = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
    const { signal, note: report } = context;
    const options = {
      searchPath,
      cache: getProgramCache(process.env),
      architecture: getArchitecture(),
      report,
      signal,
    };
    const folders: string[] = [];
    const skips: Skip[] = [];
    for (const part of parts) {
      const found = await findPart(part, options);
      if (found.program === undefined) {
        skips.push({ about: `tests with ${part.name}`, count: 1, reason: found.because });
      } else {
        context.note(`${part.name}: ${found.program}, ${found.how}`);
        folders.push(path.dirname(found.program));
      }
    }
    if (skips.some(({ about }) => NEEDED.some((name) => about.endsWith(name)))) {
      return { passed: 0, failed: 0, skips, problems: [] };
    }
    const outcome = await runJest(context, {
      name: 'stack',
      args: ['--selectProjects=stack', '--runInBand'],
      environment: { PATH: [path.dirname(process.execPath), ...folders, ...searchPath].join(path.delimiter) },
    });
    return combine([outcome, { passed: 0, failed: 0, skips, problems: [] }]);
  },
};

const NO_GO = 'no Go toolchain was found on PATH';

/** Data races are found by a part of the Go runtime that is C. */
function raceFlag(context: StepContext): string[] {
  if (findOnPath(['gcc', 'cc', 'clang']) !== null) {
    return ['-race'];
  }
  context.note('no C compiler on this machine: without the race detector');
  return [];
}

export const goTests: Step = {
  name: 'go',
  title: 'the Go relay: format, vet and tests',
  async run(context) {
    const go = findOnPath(['go']);
    if (go === null) {
      return skippedOnce('Go tests', NO_GO);
    }
    // The gofmt of the toolchain that go.mod asks for, which need not be the one on PATH.
    const formatted = { file: go, args: ['run', 'cmd/gofmt', '-d', 'pkg', 'Magefile.go'] };
    const format = outcomeOf(await context.run(formatted), 'gofmt');
    const vet = outcomeOf(await context.run({ file: go, args: ['vet', './...'] }), 'go vet');
    const log = path.join(context.reports, 'go.log');
    const from = readFileSync(log, 'utf8').length;
    const code = await context.run({ file: go, args: ['test', '-json', ...raceFlag(context), './...'] });
    return combine([format, vet, readGoReport(readFileSync(log, 'utf8').slice(from).split('\n'), code)]);
  },
};

/** After the bundle, whose build tidies up the folder. */
async function buildRelay(context: StepContext): Promise<Outcome> {
  if (findOnPath(['go']) === null) {
    return skippedOnce('the relay of the data source', NO_GO);
  }
  return outcomeOf(await context.run({ file: process.execPath, args: ['stack/relay.ts'] }), 'the build of the relay');
}

/** What Grafana's catalogue refuses in a build; `npm run package` asks the same for each system. */
async function checkBuild({ root }: StepContext, hasRelay: boolean): Promise<Outcome> {
  const files = await readPluginFolder(path.join(root, 'dist'));
  const { os, architecture } = thisMachine;
  const problems = findCatalogueProblems({ files, platforms: hasRelay ? [`${os}_${architecture}`] : [] });
  return problems.length === 0 ? passedOnce : failedOnce(problems.join('\n'));
}

export const build: Step = {
  name: 'build',
  title: 'the Grafana bundle, its relay and the console; what the catalogue asks of them',
  async run(context) {
    const bundle = await context.run(
      tool('webpack/bin/webpack.js', ['-c', './webpack.config.ts', '--disable-interpret', '--env', 'production'])
    );
    const relay = await buildRelay(context);
    const catalogue = await (bundle === 0 ? checkBuild(context, relay.skips.length === 0) : combine([]));
    const console = await context.run({ file: process.execPath, args: ['src/console/build.ts'] });
    return combine([
      outcomeOf(bundle, 'the build of the Grafana bundle'),
      relay,
      catalogue,
      outcomeOf(console, 'the build of the console'),
    ]);
  },
};

async function hasBrowser(context: StepContext): Promise<boolean> {
  if (findChromium() !== null) {
    return true;
  }
  context.note('no Chromium on this machine: trying Playwright’s own');
  return (await context.run(tool('@playwright/test/cli.js', ['install', 'chromium']))) === 0;
}

const noGrafana = skippedOnce(
  'browser tests in Grafana',
  'there is no Grafana on PATH or where its packages put it, or no Go toolchain to build its relay'
);

export const browserTests: Step = {
  name: 'browser',
  title: 'browser tests',
  async run(context): Promise<Outcome> {
    if (!(await hasBrowser(context))) {
      return skippedOnce('browser tests', 'no Chromium was found, and Playwright could not install one');
    }
    const file = path.join(context.reports, 'playwright.json');
    const command = tool('@playwright/test/cli.js', ['test', '--reporter=list,json']);
    const code = await context.run({ ...command, environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } });
    const outcome = existsSync(file)
      ? readPlaywrightReport(readFileSync(file, 'utf8'), code)
      : failedOnce(`playwright ended with code ${code}`);
    return findGrafana() === null ? combine([outcome, noGrafana]) : outcome;
  },
};
