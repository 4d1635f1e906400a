import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runCommand } from '../../cli/commands.ts';
import { parseFault } from '../../demo/faults/fault.ts';
import { documentedCommands, type DocumentedCommand } from './documentedCommands.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

/** Commands whose first argument names a command or an operation of its own. */
const HAS_COMMANDS = new Set(['trace', 'api', 'demo']);

interface Said {
  readonly code: number;
  readonly said: string;
}

async function say(argv: readonly string[]): Promise<Said> {
  const lines: string[] = [];
  const keep = (line: unknown): boolean => lines.push(String(line)) > 0;
  // What is run by itself too, such as the demo, has no other way out.
  const spies = [
    jest.spyOn(console, 'log').mockImplementation(keep),
    jest.spyOn(process.stdout, 'write').mockImplementation(keep),
  ];
  try {
    const code = await runCommand(argv, { out: keep, error: keep, environment: { PHAROS_DATA_DIR: '/nowhere' } });
    return { code, said: lines.join('\n') };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

/** What is wrong with it, as a sentence; undefined where all of it exists. */
async function wrongWith({ words, options }: DocumentedCommand): Promise<string | undefined> {
  const [name = '--help', sub] = words;
  const own = await say(['--help']);
  if (name !== '--help' && !own.said.split('\n').some((line) => line.trim().startsWith(`${name} `))) {
    return `there is no command "${name}"`;
  }
  if (sub !== undefined && HAS_COMMANDS.has(name)) {
    return wrongWithin(words, options);
  }
  return options.length === 0 ? undefined : lacking(await say([name, '--help']), options);
}

async function wrongWithin(words: readonly string[], options: readonly string[]): Promise<string | undefined> {
  const [name = '', sub = '', fault, service, value] = words;
  if (name === 'demo' && sub === 'fault') {
    const parsed = parseFault({ fault, service, value });
    return typeof parsed === 'string' ? parsed : undefined;
  }
  const answer = await say([name, sub, '--help']);
  return answer.code === 0 && name === 'demo' && !answer.said.includes(sub)
    ? `demo has no "${sub}"`
    : lacking(answer, options);
}

function lacking({ code, said }: Said, options: readonly string[]): string | undefined {
  if (code !== 0) {
    return said.split('\n')[0];
  }
  const missing = options.filter((option) => !new RegExp(`${option}\\b`).test(said));
  return missing.length === 0 ? undefined : `it has no ${missing.join(', ')}`;
}

const problemsOf = async (markdown: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const command of documentedCommands(markdown, scripts)) {
    const wrong = await wrongWith(command);
    found.push(...(wrong === undefined ? [] : [`${command.text}: ${wrong}`]));
  }
  return found;
};

it.each(globSync(['*.md', 'docs/guide/*.md', 'docs/reference/*.md', 'src/*.md'], { cwd: root }))(
  '%s shows only commands and options that there are',
  async (file) => {
    expect(await problemsOf(read(file))).toEqual([]);
  }
);

it('finds the calls that a document shows, in blocks and in its text', () => {
  const found = documentedCommands(
    'Type `npm start -- --native --data DIR` or\n\n```sh\nPHAROS_PORT=1 \\\nnpm run --silent pharos -- trace analyze - --format=json < a.json\n```\n\n```js\npharos no shell\n```\n`pharos_up`, `npm run lint`',
    scripts
  );
  expect(found.map(({ words, options }) => [words, options])).toEqual([
    [['trace', 'analyze', '-'], ['--format']],
    [['start'], ['--native', '--data']],
  ]);
});

it.each([
  ['`pharos strat`', 'pharos strat: there is no command "strat"'],
  ['`npm start -- --nativ`', 'npm start -- --nativ: it has no --nativ'],
  [
    '`pharos trace analyse x.json`',
    'pharos trace analyse x.json: pharos trace has no "analyse". Did you mean "analyze"?',
  ],
  ['`npm run demo -- fault latncy cart`', /latncy/],
  ['`npm run pharos -- api listAlert`', /there is no operation "listAlert"/i],
])('says what is wrong with %s', async (markdown, sentence) => {
  expect(await problemsOf(markdown)).toEqual([
    typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
  ]);
});
