import { spawn, type ChildProcess } from 'node:child_process';
import type { Fault } from '../faults/fault.ts';
import { processNames, releases, type ProcessName } from '../topology.ts';

/** How long a process that died stays away. */
export const restartAfterMs = 15_000;

/** How long a service that is made to crash lives between two crashes. */
const crashAgainAfterMs = 8_000;

const killAfterMs = 3_000;

/** What is called comes before what calls it, and goes after it: neither start nor end looks like an incident. */
const startOrder: readonly ProcessName[][] = [
  ['catalog', 'card-processor'],
  ['cart', 'payments'],
  ['checkout', 'worker'],
  ['storefront'],
];

export type ProcessState = 'starting' | 'running' | 'down' | 'stopped';

export interface ProcessReport {
  readonly name: ProcessName;
  readonly state: ProcessState;
  readonly pid: number | undefined;
  readonly version: string;
  readonly restarts: number;
}

export interface ActiveFault extends Fault {
  /** RFC 3339 UTC. */
  readonly since: string;
}

interface Managed {
  readonly name: ProcessName;
  child: ChildProcess | undefined;
  state: ProcessState;
  restarts: number;
  version: string;
  timer: NodeJS.Timeout | undefined;
  /** Set while the process is being exchanged, so that its end is not taken for a crash. */
  replacing: boolean;
}

interface SupervisorOptions {
  /** Arguments to Node that start the process of that name. */
  readonly getArguments: (name: ProcessName) => string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

/** Runs each service in a process of its own, puts faults on them and starts again what died. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #managed: readonly Managed[];
  #faults: ActiveFault[] = [];
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#managed = processNames.map((name) => ({
      name,
      child: undefined,
      state: 'stopped',
      restarts: 0,
      version: releases.current,
      timer: undefined,
      replacing: false,
    }));
  }

  /**
   * Starts all processes.
   *
   * @throws Error when one of them ends before it is ready
   */
  async start(): Promise<void> {
    for (const names of startOrder) {
      await Promise.all(this.#pick(names).map((managed) => this.#spawn(managed)));
    }
  }

  getReports(): ProcessReport[] {
    return this.#managed.map(({ name, state, child, version, restarts }) => ({
      name,
      state,
      pid: child?.pid,
      version,
      restarts,
    }));
  }

  getFaults(): readonly ActiveFault[] {
    return this.#faults;
  }

  /** Puts a fault on a service; the same fault on the same service takes the new value. */
  inject(fault: Fault, now: Date): ActiveFault {
    const active = { ...fault, since: now.toISOString() };
    const others = this.#faults.filter(({ fault: name, service }) => name !== fault.fault || service !== fault.service);
    this.#faults = [...others, active];
    const managed = this.#managed.find(({ name }) => name === fault.service);
    if (managed !== undefined) {
      this.#tell(managed);
      this.#applyVersion(managed);
      if (fault.fault === 'crash') {
        this.#crash(managed);
      }
    }
    return active;
  }

  /** Takes all faults away. What is down because of one is started at once. */
  heal(): readonly ActiveFault[] {
    const healed = this.#faults;
    this.#faults = [];
    for (const managed of this.#managed) {
      this.#tell(managed);
      this.#applyVersion(managed);
      if (managed.state === 'down') {
        this.#respawn(managed);
      } else {
        clearTimeout(managed.timer);
      }
    }
    return healed;
  }

  /** Ends all processes: politely, and after 3 s otherwise. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { timer } of this.#managed) {
      clearTimeout(timer);
    }
    for (const names of startOrder.toReversed()) {
      await Promise.all(
        this.#pick(names).map(async (managed) => {
          await endProcess(managed.child);
          managed.state = 'stopped';
        })
      );
    }
  }

  #pick(names: readonly ProcessName[]): Managed[] {
    return this.#managed.filter(({ name }) => names.includes(name));
  }

  #spawn(managed: Managed): Promise<void> {
    const child = spawn(process.execPath, this.#options.getArguments(managed.name), {
      env: { ...this.#options.environment, DEMO_VERSION: managed.version },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    managed.child = child;
    managed.state = 'starting';
    return new Promise((resolve, reject) => {
      child.once('message', () => {
        managed.state = 'running';
        this.#tell(managed);
        this.#scheduleCrash(managed);
        resolve();
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        const ready = managed.state !== 'starting';
        reject(new Error(`${managed.name} ended before it was ready (${signal ?? `exit code ${code}`}).`));
        this.#handleExit(managed, { child, how: signal ?? `exit code ${code}`, ready });
      });
    });
  }

  #handleExit(managed: Managed, end: { child: ChildProcess; how: string; ready: boolean }): void {
    if (managed.child !== end.child) {
      return;
    }
    clearTimeout(managed.timer);
    managed.child = undefined;
    managed.state = 'down';
    if (this.#stopping) {
      return;
    }
    if (managed.replacing) {
      managed.replacing = false;
      this.#respawn(managed);
      return;
    }
    const pause = this.#getFault(managed.name, 'crash')?.value ?? restartAfterMs;
    this.#options.say(`${managed.name} died (${end.how}); it comes back in ${pause / 1_000} s`);
    managed.timer = setTimeout(() => this.#respawn(managed), pause);
  }

  #respawn(managed: Managed): void {
    clearTimeout(managed.timer);
    managed.restarts++;
    managed.version = this.#getVersion(managed.name);
    // A process that does not come up is said and tried again by way of its exit.
    this.#spawn(managed).catch(() => undefined);
  }

  #crash(managed: Managed): void {
    managed.child?.kill('SIGKILL');
  }

  #scheduleCrash(managed: Managed): void {
    if (this.#getFault(managed.name, 'crash') !== undefined) {
      managed.timer = setTimeout(() => this.#crash(managed), crashAgainAfterMs);
    }
  }

  /** A release is an exchange of the process, as it would be anywhere. */
  #applyVersion(managed: Managed): void {
    const wanted = this.#getVersion(managed.name);
    if (managed.child === undefined || managed.version === wanted) {
      managed.version = wanted;
      return;
    }
    managed.version = wanted;
    managed.replacing = true;
    void endProcess(managed.child);
  }

  #getVersion(name: ProcessName): string {
    return this.#getFault(name, 'bad-release') === undefined ? releases.current : releases.bad;
  }

  #getFault(service: ProcessName, fault: Fault['fault']): ActiveFault | undefined {
    return this.#faults.find((active) => active.service === service && active.fault === fault);
  }

  #tell(managed: Managed): void {
    if (managed.child?.connected === true && managed.state === 'running') {
      const faults = this.#faults.filter(({ service }) => service === managed.name);
      // Whoever is gone in this moment is told when it is back.
      managed.child.send(faults, () => undefined);
    }
  }
}

function endProcess(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
