import { readGoReport } from './goReport.ts';
import { readJestReport } from './jestReport.ts';
import { readPlaywrightReport } from './playwrightReport.ts';
import { judgeCoverage } from './unitSteps.ts';

const jestFile = (name: string, tests: ReadonlyArray<readonly [string, string]>, message = '') => ({
  name,
  message,
  assertionResults: tests.map(([fullName, status]) => ({
    ...{ fullName, status },
    failureMessages: status === 'failed' ? ['\u001b[31mexpected\u001b[39m 2\n\n  got 3'] : [],
  })),
});

const jestReport = (passed: number, failed: number, files: ReadonlyArray<ReturnType<typeof jestFile>>): string => {
  const broken = files.filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '');
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numRuntimeErrorTestSuites: broken.length,
    testResults: files,
  });
};

describe('jest report', () => {
  it('counts tests, names the failed and the skipped', () => {
    const file = jestFile('a.test.ts', [
      ['adds', 'passed'],
      ['divides', 'failed'],
      ['amtool lists', 'pending'],
    ]);
    expect(readJestReport(jestReport(1, 1, [file]), 1)).toEqual({
      passed: 1,
      failed: 1,
      skips: [{ about: 'amtool lists', count: 1, reason: 'the test said so' }],
      problems: ['divides\n    expected 2\n    got 3'],
    });
  });

  it('says of the first of many why they failed', () => {
    const tests = Array.from({ length: 40 }, (_, n): [string, string] => [`test ${n}`, 'failed']);
    const { failed, problems } = readJestReport(jestReport(0, 40, [jestFile('a.test.ts', tests)]), 1);
    expect([failed, problems.length]).toEqual([40, 40]);
    expect(problems[0]).toContain('got 3');
    expect(problems[39]).toBe('test 39');
  });

  it('counts a suite that does not load', () => {
    const report = jestReport(1, 0, [
      jestFile('a.test.ts', [['adds', 'passed']]),
      jestFile('b.test.ts', [], 'SyntaxError'),
    ]);
    expect(readJestReport(report, 1)).toMatchObject({
      passed: 1,
      failed: 1,
      problems: ['did not load: b.test.ts\n    SyntaxError'],
    });
  });

  it('fails on a run without tests, and on a bad end without a failed test', () => {
    expect(readJestReport(jestReport(0, 0, []), 0)).toMatchObject({
      passed: 0,
      failed: 1,
      problems: ['no test was found'],
    });
    expect(readJestReport(jestReport(1, 0, [jestFile('a', [['adds', 'passed']])]), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });
});

describe('go report', () => {
  const line = (Action: string, Package: string, Test?: string): string => JSON.stringify({ Action, Package, Test });

  it('counts tests, not packages', () => {
    const lines = [
      '# noise',
      line('run', 'p', 'TestA'),
      line('pass', 'p', 'TestA'),
      line('skip', 'p', 'TestB'),
      line('pass', 'p'),
    ];
    expect(readGoReport(lines, 0)).toEqual({
      passed: 1,
      failed: 0,
      skips: [{ about: 'p TestB', count: 1, reason: 'the test said so' }],
      problems: [],
    });
  });

  it('counts a package that does not build once, and one with failed tests by its tests', () => {
    const lines = [line('fail', 'broken'), line('fail', 'p', 'TestA'), line('fail', 'p', 'TestB'), line('fail', 'p')];
    expect(readGoReport(lines, 1)).toMatchObject({
      failed: 3,
      problems: ['p TestA', 'p TestB', 'broken did not build or crashed'],
    });
  });

  it('fails on a run without tests', () => {
    expect(readGoReport([line('pass', 'p')], 0)).toMatchObject({ failed: 1, problems: ['no Go test was found'] });
    expect(readGoReport([], 2)).toMatchObject({ failed: 1, problems: ['go test ended with code 2'] });
  });
});

describe('playwright report', () => {
  const run = (projectName: string, status: string, description?: string) => ({
    projectName,
    status,
    annotations: description === undefined ? [] : [{ type: 'skip', description }],
    results: status === 'unexpected' ? [{ errors: [{ message: 'not\n\nvisible' }, { message: 'second' }] }] : [],
  });
  const spec = (title: string, tests: ReadonlyArray<ReturnType<typeof run>>) => ({
    title,
    file: 'story.spec.ts',
    tests,
  });

  it('counts each project, in nested suites too, and calls a flaky test failed', () => {
    const inner = {
      specs: [spec('acknowledges', [run('desktop', 'flaky'), run('phone', 'skipped', 'needs Grafana')])],
    };
    const suites = [
      { specs: [spec('opens', [run('desktop', 'expected'), run('phone', 'unexpected')])], suites: [inner] },
    ];
    expect(readPlaywrightReport(JSON.stringify({ suites, errors: [] }), 1)).toEqual({
      passed: 1,
      failed: 2,
      skips: [{ about: 'phone: story.spec.ts: acknowledges', count: 1, reason: 'needs Grafana' }],
      problems: ['phone: story.spec.ts: opens\n    not\n    visible', 'desktop: story.spec.ts: acknowledges'],
    });
  });

  it('counts errors outside tests, and a run without tests', () => {
    const broken = JSON.stringify({ suites: [], errors: [{ message: 'the engine did not start' }] });
    expect(readPlaywrightReport(broken, 1)).toMatchObject({ failed: 1, problems: ['the engine did not start'] });
    expect(readPlaywrightReport(JSON.stringify({ suites: [], errors: [] }), 0)).toMatchObject({ failed: 1 });
  });
});

describe('coverage', () => {
  it.each([
    [{ covered: 85, total: 100 }, 0],
    [{ covered: 849, total: 1000 }, 1],
    [{ covered: 0, total: 0 }, 1],
  ])('of %j lines gives %i failures', (lines, failed) => {
    expect(judgeCoverage('server', lines).failed).toBe(failed);
  });

  it('says what was found and what was expected', () => {
    expect(judgeCoverage('cli', { covered: 1, total: 3 }).problems).toEqual([
      'cli: 1 of 3 lines covered, 33.3 %; at least 85 % are expected',
    ]);
  });
});
