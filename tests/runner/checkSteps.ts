import { combine, outcomeOf, type Outcome } from './outcome.ts';
import { tool, type Step } from './step.ts';

const TSCONFIGS = ['tsconfig.json', 'tsconfig.core.json', 'tsconfig.node.json'];

/** Runs every command, also after one failed, and counts each as one. */
const check = (name: string, title: string, commands: ReadonlyArray<readonly [string, ...string[]]>): Step => ({
  name,
  title,
  async run(context) {
    const outcomes: Outcome[] = [];
    for (const [script, ...args] of commands) {
      outcomes.push(outcomeOf(await context.run(tool(script, args)), [script, ...args].join(' ')));
    }
    return combine(outcomes);
  },
});

export const typecheck = check(
  'typecheck',
  'types of pages, core and Node code',
  TSCONFIGS.map((file) => ['typescript/bin/tsc', '-p', file] as const)
);

export const lint = check('lint', 'eslint', [['eslint/bin/eslint.js', '--max-warnings', '0', '.']]);

export const format = check('format', 'prettier', [['prettier/bin/prettier.cjs', '--check', '.']]);

export const deadCode = check('knip', 'unused files, exports and dependencies, and what only tests use', [
  ['knip/bin/knip.js', '--no-progress'],
  ['knip/bin/knip.js', '--no-progress', '--production', '--include', 'files,exports,types'],
]);
