#!/usr/bin/env node
// Runs on whatever Node >= 20 the machine has, before anything is installed: no package and no TypeScript here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const neededMajor = 24;

install();
run(findNode());

/** Installs from the lockfile when what is installed is not what it says. Times say nothing: a checkout changes them. */
function install() {
  const reason = findMismatch();
  if (reason === undefined) {
    return;
  }
  console.error(`Installing packages from package-lock.json (${reason}); this takes about a minute …`);
  // Errors only: on Node 20 each package that wants a newer one would be warned of, though none of them runs on it.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    fail(error === undefined ? 'npm ci failed; its output is above.' : `npm could not be run: ${error.message}`);
  }
}

function findMismatch() {
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) {
    return 'nothing is installed yet';
  }
  const wanted = readPackages(path.join(root, 'package-lock.json')) ?? {};
  // Optional ones are for other machines too: which of them belong here is npm's to know.
  const missing = Object.entries(wanted).find(
    ([name, { version, optional, devOptional }]) =>
      name !== '' && !optional && !devOptional && installed[name]?.version !== version
  );
  return missing === undefined ? undefined : `${missing[0].replace('node_modules/', '')} is not as it should be`;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The Node that was installed with the packages, else this one if it is new enough. */
function findNode() {
  const bundled = resolveBundled();
  if (bundled !== undefined && getMajor(bundled) >= neededMajor) {
    return bundled;
  }
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
    return process.execPath;
  }
  return fail(
    `Pharos runs on Node ${neededMajor} or newer. This is Node ${process.versions.node}, and for ` +
      `${process.platform} on ${process.arch} none comes with the packages: install Node ${neededMajor} from nodejs.org ` +
      'and try again.'
  );
}

function resolveBundled() {
  const name = `node-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(path.join(root, 'package.json')).resolve(`${name}/package.json`);
    const program = path.join(path.dirname(manifest), 'bin', 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** 0 when it does not run here, as on a machine with another C library. */
function getMajor(program) {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.slice(1).split('.')[0]) : 0;
}

function run(node) {
  const [command] = process.argv.slice(2);
  // Small young generation, code by size, one malloc arena: an engine that idles keeps 45 MB less. What reads a file of a
  // million spans and ends is twice as fast with a large one.
  const memory =
    command === 'trace' ? ['--max-semi-space-size=64'] : ['--max-semi-space-size=2', '--optimize-for-size'];
  const args = [
    '--disable-warning=ExperimentalWarning',
    ...memory,
    path.join(root, 'cli', 'main.ts'),
    ...process.argv.slice(2),
  ];
  // Keeps what was stripped of its types: starts are twice as fast, and 25 MB smaller, without the stripper in memory.
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const env = {
    NODE_COMPILE_CACHE: path.join(cache, 'pharos', 'compile'),
    MALLOC_ARENA_MAX: '1',
    // Where malloc begins by itself; set, it stays there, and what compiling has used goes back to the system: 9 MB.
    MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
    ...process.env,
  };
  // Over the fourth channel the other side notices when this process is killed.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to all of its programs itself; a second one means "at once" to some.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) {
        child.kill(signal);
      }
    });
  }
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
