import path from 'node:path';
import { createLoginLink } from '../src/api/access.ts';
import { ensureAsset } from '../stack/assets.ts';
import { describeExit, readLastLines, waitHealthy } from '../stack/health.ts';
import { getArchitecture, isAtHand, type LocateOptions } from '../stack/locate.ts';
import type { Part } from '../stack/part.ts';
import { parts } from '../stack/parts.ts';
import { getProgramCache } from '../stack/paths.ts';
import { planPorts, type Plan } from '../stack/plan.ts';
import { ensureSecrets } from '../stack/secrets.ts';
import { startPart, type PartResult, type Session } from '../stack/startPart.ts';
import { tempo } from '../stack/tempo.ts';
import { getStartTicks, removeState, takeOver, writeState } from '../stack/state.ts';
import { Supervisor, type Exit } from '../stack/supervise.ts';
import { connect, type Engine } from './api.ts';
import { loadDemoHistory } from './demoHistory.ts';
import { getDemoSpec, getEngineSpec } from './nodePrograms.ts';
import { provisionDemo, provisionMetricsToken } from './provision.ts';
import type { StartContext } from './startContext.ts';
import type { StartOptions } from './startOptions.ts';

const nameWidth = 12;
const healthyWithinMs = 60_000;
/** When the parts take longer than this, the login link is shown before them too. */
const patienceMs = 5_000;

/** What of ours is run and built. */
export interface OwnPrograms {
  readonly getEngineSpec: typeof getEngineSpec;
  readonly getDemoSpec: typeof getDemoSpec;
  readonly ensureAsset: typeof ensureAsset;
}

/** Starts everything on this machine, and stays until it is told to end. */
export async function startNative(
  options: StartOptions,
  context: StartContext,
  programs: OwnPrograms = { getEngineSpec, getDemoSpec, ensureAsset }
): Promise<number> {
  const { dataDir, io } = context;
  const stopped = await takeOver(dataDir);
  if (stopped.length > 0) {
    io.out(`Stopped what an earlier start had left running: ${stopped.join(', ')}.`);
  }
  const start = new NativeStart(options, context, {
    programs,
    plan: await planPorts(options.port),
    secrets: await ensureSecrets(path.join(dataDir, 'secrets'), io.environment),
  });
  return start.run();
}

interface Prepared {
  readonly programs: OwnPrograms;
  readonly plan: Plan;
  readonly secrets: ReadonlyMap<string, string>;
}

class NativeStart {
  readonly #options: StartOptions;
  readonly #context: StartContext;
  readonly #prepared: Prepared;
  readonly #supervisor: Supervisor;
  /** Aborted when everything is to end: by the person, or because the engine is gone. */
  readonly #end = new AbortController();
  #code = 0;
  #engineIsUp = false;

  constructor(options: StartOptions, context: StartContext, prepared: Prepared) {
    this.#options = options;
    this.#context = context;
    this.#prepared = prepared;
    this.#supervisor = new Supervisor(path.join(context.dataDir, 'logs'), (exit) => this.#noteExit(exit));
    context.signal.addEventListener('abort', () => this.#end.abort());
  }

  async run(): Promise<number> {
    try {
      await this.#startAll();
      await this.#untilEnd();
    } finally {
      this.#say('Stopping.');
      await this.#supervisor.stopAll();
      await removeState(this.#context.dataDir);
    }
    return this.#code;
  }

  async #startAll(): Promise<void> {
    const { dataDir } = this.#context;
    this.#say(`Pharos keeps its data in ${dataDir} and its logs in ${path.join(dataDir, 'logs')}.\n`);
    if (!(await this.#startEngine())) {
      return;
    }
    const everything = Promise.all([this.#startDemo(), this.#startStack()]);
    const early = setTimeout(() => void this.#showLogin('You can log in already'), patienceMs);
    await everything;
    clearTimeout(early);
    if (!this.#end.signal.aborted) {
      this.#say('\nCtrl-C stops all of it.');
      await this.#showLogin('Log in');
    }
  }

  async #startEngine(): Promise<boolean> {
    const { plan, programs } = this.#prepared;
    const missing = await programs.ensureAsset('console', this.#assetOptions());
    const child = await this.#supervisor.start(
      programs.getEngineSpec({
        plan,
        dataDir: this.#context.dataDir,
        environment: this.#context.io.environment,
        withDemo: this.#options.demo,
        withTempo: await this.#hasTempo(),
      })
    );
    await this.#saveState();
    const url = `http://127.0.0.1:${plan.enginePort}`;
    const health = await waitHealthy(child, {
      url: `${url}/health`,
      deadlineMs: healthyWithinMs,
      signal: this.#end.signal,
    });
    if (!health.healthy) {
      this.#line('engine', `not there: ${health.because}`);
      this.#say(await readLastLines(child.logFile));
      this.#finish(1);
      return false;
    }
    this.#engineIsUp = true;
    this.#line('engine', `${url}${missing === undefined ? '' : `  (${missing})`}`);
    await this.#attempt('a token for Prometheus', () =>
      provisionMetricsToken(this.#engine, path.join(this.#context.dataDir, 'secrets', 'metrics_token'), 0o600)
    );
    return true;
  }

  async #startDemo(): Promise<void> {
    if (!this.#options.demo) {
      return;
    }
    const { plan, secrets, programs } = this.#prepared;
    const { dataDir } = this.#context;
    const child = await this.#supervisor.start(programs.getDemoSpec({ plan, dataDir, secrets }));
    await this.#saveState();
    const at = (offset: number): string => getDemoAddress(plan, offset);
    const health = await waitHealthy(child, {
      url: `${at(7)}/health`,
      deadlineMs: healthyWithinMs,
      signal: this.#end.signal,
    });
    if (!health.healthy) {
      this.#line('demo', `not there: ${health.because}`);
      await this.#supervisor.stop('demo');
      return;
    }
    this.#line('demo', `${at(0)}  shop; faults at ${at(7)}/faults`);
    const inbox = { url: `${at(8)}/webhook`, secret: secrets.get('demo_inbox_secret') ?? '' };
    const done = await this.#attempt('the inbox as receiver', () => provisionDemo(this.#engine, inbox));
    this.#line('inbox', `${at(8)}${done ? '  receiver demo-inbox' : ''}`);
  }

  /** What is at hand starts at once; what must be built or fetched comes one after the other, to leave the machine usable. */
  async #startStack(): Promise<void> {
    if (this.#options.onlyEngine) {
      return;
    }
    const session = await this.#makeSession();
    const wanted = parts.filter((part) => !this.#isGiven(part));
    const atHand = await Promise.all(wanted.map((part) => isAtHand(part, session.locate)));
    const slow = wanted.filter((_, index) => atHand[index] !== true);
    const oneByOne = async (): Promise<void> => {
      for (const part of slow) {
        await this.#startPart(part, session);
      }
    };
    const quick = wanted.filter((_, index) => atHand[index] === true);
    await Promise.all([oneByOne(), ...quick.map((part) => this.#startPart(part, session))]);
  }

  async #startPart(part: Part, session: Session): Promise<void> {
    const result = await startPart(part, session);
    if (!this.#end.signal.aborted) {
      this.#line(part.name, describePart(part, result, this.#context.dataDir));
      await this.#saveState();
    }
  }

  /** Somebody's own Prometheus, Loki, Tempo or Grafana is used as it is. */
  #isGiven(part: Part): boolean {
    const url = this.#context.io.environment[`PHAROS_${part.name.toUpperCase()}_URL`];
    if (url) {
      this.#line(part.name, `${url}  yours, from the environment`);
    }
    return Boolean(url);
  }

  /** Ours, and without building or fetching it first: the engine does not wait, and begins to trace at the next start. */
  async #hasTempo(): Promise<boolean> {
    const isOurs = !this.#options.onlyEngine && !this.#context.io.environment.PHAROS_TEMPO_URL;
    return isOurs && isAtHand(tempo, this.#getLocateOptions());
  }

  #getLocateOptions(): LocateOptions {
    const { environment } = this.#context.io;
    return {
      searchPath: (environment.PATH ?? '').split(path.delimiter).filter(Boolean),
      cache: getProgramCache(environment),
      architecture: getArchitecture(),
      report: (line) => this.#say(`  … ${line}`),
      signal: this.#end.signal,
    };
  }

  async #makeSession(): Promise<Session> {
    const { environment } = this.#context.io;
    const locate = this.#getLocateOptions();
    return {
      ...this.#prepared,
      dataDir: this.#context.dataDir,
      environment,
      supervisor: this.#supervisor,
      locate,
      buildBundle: () => this.#prepared.programs.ensureAsset('bundle', this.#assetOptions()),
      buildRelay: () => this.#prepared.programs.ensureAsset('relay', this.#assetOptions()),
      history: this.#options.demo ? await loadDemoHistory() : undefined,
    };
  }

  async #showLogin(title: string): Promise<void> {
    await this.#attempt('a login link', async () => {
      const { url } = await connect(this.#engine).call(createLoginLink, { name: 'admin', role: 'admin' });
      this.#say(`${title}: ${url}`);
    });
  }

  get #engine(): Engine {
    const { plan, secrets } = this.#prepared;
    return { url: `http://127.0.0.1:${plan.enginePort}`, token: secrets.get('admin_token') ?? '' };
  }

  #assetOptions() {
    return { report: (line: string) => this.#say(`  … ${line}`), signal: this.#end.signal };
  }

  /** Something without which the rest is still of use. */
  async #attempt(what: string, action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      if (!this.#end.signal.aborted) {
        this.#say(`  … no ${what.replace(/^an? /, '')}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return false;
    }
  }

  #noteExit(exit: Exit): void {
    const saidElsewhere = exit.name === 'engine' && !this.#engineIsUp;
    if (exit.wanted || this.#end.signal.aborted || saidElsewhere) {
      return;
    }
    const log = path.join(this.#context.dataDir, 'logs', `${exit.name}.log`);
    this.#say(`${exit.name} ${describeExit(exit)}; see ${log}`);
    if (exit.name === 'engine') {
      this.#finish(1);
    }
  }

  #finish(code: number): void {
    this.#code = code;
    this.#end.abort();
  }

  async #untilEnd(): Promise<void> {
    const { signal } = this.#end;
    if (!signal.aborted) {
      // The children's own handles keep this process alive until then.
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }
  }

  async #saveState(): Promise<void> {
    const { plan } = this.#prepared;
    await writeState(this.#context.dataDir, {
      pid: process.pid,
      startTicks: getStartTicks(process.pid),
      startedAt: new Date().toISOString(),
      addresses: Object.fromEntries(plan.addresses),
      demo: this.#options.demo ? { control: getDemoAddress(plan, 7), inbox: getDemoAddress(plan, 8) } : null,
      processes: this.#supervisor.children.flatMap(({ name, pid }) =>
        pid === undefined ? [] : [{ name, pid, startTicks: getStartTicks(pid) }]
      ),
    });
  }

  #line(name: string, text: string): void {
    this.#say(`${name.padEnd(nameWidth)} ${text}`);
  }

  #say(line: string): void {
    this.#context.io.out(line);
  }
}

function getDemoAddress(plan: Plan, offset: number): string {
  return `http://127.0.0.1:${plan.demoPortBase + offset}`;
}

function describePart(part: Part, result: PartResult, dataDir: string): string {
  if (result.state === 'absent') {
    return `not there, because ${result.because.replace(/\.$/, '')}. It would bring ${part.brings}.`;
  }
  const password = path.join(dataDir, 'secrets', 'grafana_admin_password');
  const login = part.name === 'grafana' ? [`user admin, password in ${password}`] : [];
  return `${result.address}  ${[result.how, ...login, ...result.notes].join('; ')}`;
}
