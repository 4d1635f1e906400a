import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../run.ts';
import { passedOnce, outcomeOf } from './outcome.ts';
import { runSteps } from './runSteps.ts';
import type { Step } from './step.ts';

const node = (code: string) => ({ file: process.execPath, args: ['-e', code] });

describe('running steps', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'pharos-steps-'));
  afterAll(() => rmSync(root, { recursive: true }));

  async function runAll(steps: readonly Step[], stopped = new AbortController()) {
    const printed: string[] = [];
    const outcome = await runSteps(steps, {
      root,
      reports: root,
      signal: stopped.signal,
      isContinuousIntegration: false,
      print: (line) => printed.push(line),
      now: () => 0,
    });
    return { outcome, printed: printed.join('\n') };
  }

  it('goes on after a step that failed or threw, and shows the end of the log', async () => {
    const { outcome, printed } = await runAll([
      {
        name: 'bad',
        title: 'fails',
        run: async ({ run }) => outcomeOf(await run(node(`console.log('the reason'); process.exit(3)`)), 'it'),
      },
      { name: 'worse', title: 'throws', run: () => Promise.reject(new Error('out of luck')) },
      { name: 'good', title: 'passes', run: () => Promise.resolve(passedOnce) },
    ]);
    expect(outcome).toMatchObject({ passed: 1, failed: 2, problems: ['it ended with code 3', 'out of luck'] });
    expect(printed).toContain('   | the reason');
    expect(printed).toContain('== good: passes');
    expect(readFileSync(path.join(root, 'bad.log'), 'utf8')).toContain('the reason');
  });

  it('stops a program with all that it started, and begins nothing more', async () => {
    const stopped = new AbortController();
    const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })`;
    const { outcome } = await runAll(
      [
        {
          name: 'long',
          title: 'never ends by itself',
          run: async ({ run }) => {
            const ended = run(node(`${child}; setInterval(() => {}, 1000)`));
            stopped.abort();
            return outcomeOf(await ended, 'it');
          },
        },
        { name: 'next', title: 'not begun', run: () => Promise.resolve(passedOnce) },
      ],
      stopped
    );
    expect(outcome).toMatchObject({
      passed: 0,
      failed: 2,
      problems: ['it ended with code 1', 'stopped before it began'],
    });
  });

  it('counts a program that is not there as failed', async () => {
    const { outcome } = await runAll([
      {
        name: 'absent',
        title: 'no such program',
        run: async (context) => outcomeOf(await context.run({ file: '/nonexistent/program', args: [] }), 'it'),
      },
    ]);
    expect(outcome.failed).toBe(1);
  });
});

describe('command line', () => {
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  afterEach(() => printed.mockClear());
  afterAll(() => printed.mockRestore());

  it('lists the steps', async () => {
    expect(await run(['--list'])).toBe(0);
    expect(String(printed.mock.calls[0]?.[0])).toMatch(/^typecheck .*\nlint .*[^]*\nbrowser /);
  });

  it.each([
    [['--only', 'node,nope'], 'There is no step "nope"; the steps are typecheck, lint, format'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j with what is known', async (argv, sentence) => {
    expect(await run(argv)).toBe(2);
    expect(printed.mock.calls[0]?.[0]).toContain(sentence);
  });
});
