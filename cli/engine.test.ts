import path from 'node:path';
import { repositoryRoot } from '../stack/paths.ts';
import { run } from './engine.ts';

const dataDirBefore = process.env.PHAROS_DATA_DIR;

let said: string[];
/** What was done, in order. */
let done: string[];

beforeEach(() => {
  said = [];
  done = [];
});
afterEach(() => {
  delete process.env.PHAROS_DATA_DIR;
  Object.assign(process.env, dataDirBefore === undefined ? {} : { PHAROS_DATA_DIR: dataDirBefore });
});

interface Circumstances {
  readonly argv?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Why the console cannot be built. */
  readonly missing?: string;
  readonly hasSources?: boolean;
  readonly whileBuilding?: () => void;
}

const start = ({ argv = [], environment = {}, missing, hasSources = true, whileBuilding }: Circumstances) =>
  run(
    argv,
    { out: (line) => said.push(line), error: (line) => said.push(line), environment },
    {
      ensureAsset: async (name) => {
        done.push(`build ${name}`);
        whileBuilding?.();
        return missing;
      },
      hasSources: () => hasSources,
      startEngine: async () => done.push(`start on ${process.env.PHAROS_DATA_DIR}`),
    }
  );

it('builds the console before it starts', async () => {
  expect(await start({ environment: { PHAROS_DATA_DIR: '/data' } })).toBe(0);
  expect([done, said]).toEqual([['build console', 'start on /data'], []]);
});

it('starts without a console that cannot be built, and says why', async () => {
  await start({ environment: { PHAROS_DATA_DIR: '/data' }, missing: 'the console could not be built: no space' });
  expect(done.at(-1)).toBe('start on /data');
  expect(said).toEqual(['The engine starts without a new console: the console could not be built: no space']);
});

it.each([
  ['there are no sources, as in the image', { hasSources: false }],
  ['the console is elsewhere', { environment: { PHAROS_CONSOLE_DIR: '/srv/console' } }],
  ['it is asked what it does', { argv: ['--help'] }],
])('builds nothing where %s', async (_, circumstances: Circumstances) => {
  await start(circumstances);
  expect(done).toEqual([expect.stringMatching(/^start /)]);
});

it('does not start when it is told to stop while the console is built', async () => {
  const others = process.listeners('SIGTERM');
  const stop = (): void => process.listeners('SIGTERM').forEach((one) => !others.includes(one) && one('SIGTERM'));
  expect(await start({ whileBuilding: stop, missing: 'stopped' })).toBe(0);
  expect([done, said, process.listeners('SIGTERM')]).toEqual([['build console'], [], others]);
});

it('has the data directory of the other commands, from whatever folder it is called', async () => {
  await start({});
  expect(done.at(-1)).toBe(`start on ${path.join(repositoryRoot, '.pharos')}`);
});

it('leaves the data directory to a file of settings', async () => {
  await start({ environment: { PHAROS_CONFIG: '/etc/pharos.yaml' } });
  expect(done.at(-1)).toBe('start on undefined');
});
