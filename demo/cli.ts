import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describeUnknown, faultKinds, faultNames, parseFault } from './faults/fault.ts';
import { processNames } from './topology.ts';

export interface CliSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly fetch: typeof fetch;
}

const defaultControl = 'http://127.0.0.1:9407';
const commands = ['fault', 'heal', 'status'] as const;
const patienceMs = 10_000;

/** Ends by themselves what a command cannot go on with; the text is for the person at the terminal. */
class CliError extends Error {}

/**
 * The demo's command line: `fault <fault> <service> [value]`, `heal`, `status`.
 *
 * @param argv arguments after the program's name
 * @returns the exit code: 0 done, 1 the demo did not do it, 2 the command was not understood
 */
export async function run(argv: string[], given: Partial<CliSurroundings> = {}): Promise<number> {
  const surroundings: CliSurroundings = {
    environment: process.env,
    directory: process.cwd(),
    write: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    fetch,
    ...given,
  };
  const [command, ...rest] = argv;
  if (command === undefined || argv.some((word) => word === '--help' || word === '-h') || command === 'help') {
    surroundings.write(buildHelp());
    return command === undefined ? 2 : 0;
  }
  const known = commands.find((name) => name === command);
  if (known === undefined) {
    surroundings.complain(describeUnknown('command', command, commands));
    return 2;
  }
  try {
    return await actions[known](surroundings, rest);
  } catch (error) {
    surroundings.complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

type Action = (surroundings: CliSurroundings, words: readonly string[]) => Promise<number>;

const actions: Readonly<Record<(typeof commands)[number], Action>> = {
  async fault(surroundings, [name, service, value, ...more]) {
    const fault =
      more.length > 0
        ? `There is more than a fault, a service and a value: "${more.join(' ')}".`
        : parseFault({ fault: name, service, value });
    if (typeof fault === 'string') {
      surroundings.complain(`${fault}\nTry: npm run demo -- fault latency checkout 1s`);
      return 2;
    }
    const body = { fault: fault.fault, service: fault.service, ...(fault.text === '' ? {} : { value: fault.text }) };
    await call(surroundings, 'POST', body);
    const shown = fault.text === '' ? '' : ` (${fault.text})`;
    surroundings.write(`${fault.fault} is on ${fault.service}${shown}: ${faultKinds[fault.fault].meaning}.`);
    surroundings.write('Take it away with: npm run demo -- heal');
    return 0;
  },
  async heal(surroundings, words) {
    refuseWords('heal', words);
    const healed = readList(await call(surroundings, 'DELETE'), 'healed');
    surroundings.write(
      healed.length === 0 ? 'There was no fault to heal.' : `Healed: ${healed.map(showFault).join(', ')}.`
    );
    return 0;
  },
  async status(surroundings, words) {
    refuseWords('status', words);
    const status = await call(surroundings, 'GET');
    const faults = readList(status, 'faults');
    surroundings.write(faults.length === 0 ? 'No faults.' : `Faults: ${faults.map(showFault).join(', ')}.`);
    for (const service of readList(status, 'services')) {
      const restarts = Number(service.get('restarts'));
      const restarted = restarts > 0 ? `, started again ${restarts}×` : '';
      const version = String(service.get('version'));
      surroundings.write(
        `  ${String(service.get('name')).padEnd(16)}${String(service.get('state'))}, ${version}${restarted}`
      );
    }
    return 0;
  },
};

function refuseWords(command: string, words: readonly string[]): void {
  if (words.length > 0) {
    throw new CliError(`${command} takes nothing else, but got "${words.join(' ')}".`);
  }
}

function showFault(fault: ReadonlyMap<string, unknown>): string {
  const value = fault.get('value');
  const shown = typeof value === 'string' && value !== '' ? ` ${value}` : '';
  return `${String(fault.get('fault'))} ${String(fault.get('service'))}${shown}`;
}

async function call(surroundings: CliSurroundings, method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<unknown> {
  const control = findControl(surroundings);
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  let answer: Response;
  try {
    answer = await surroundings.fetch(`${control}/faults`, {
      method,
      ...init,
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    const hint = 'Is it running? Start it with npm start, or say where it is with DEMO_CONTROL_URL.';
    throw new CliError(`The demo does not answer at ${control}. ${hint}`, { cause: error });
  }
  const content: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) {
    throw new CliError(`The demo refused (${answer.status}): ${readText(content, 'detail') ?? 'it did not say why'}`);
  }
  return content;
}

/** Where the demo listens: the environment says, else what `npm start` noted, else the usual place. */
function findControl({ environment, directory }: CliSurroundings): string {
  const control = environment.DEMO_CONTROL_URL ?? readStackFile(path.join(directory, '.pharos', 'stack.json'));
  return (control ?? defaultControl).replace(/\/+$/, '');
}

function readStackFile(file: string): string | undefined {
  try {
    const stack: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return readText(read(stack, 'demo'), 'control');
  } catch {
    return undefined;
  }
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function readText(value: unknown, name: string): string | undefined {
  const text = read(value, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function readList(value: unknown, name: string): Array<ReadonlyMap<string, unknown>> {
  const list = read(value, name);
  return Array.isArray(list)
    ? list.map((item: unknown) => new Map(Object.entries(typeof item === 'object' && item !== null ? item : {})))
    : [];
}

function buildHelp(): string {
  const faults = faultNames.map((name) => {
    const { byDefault, meaning } = faultKinds[name];
    const value = byDefault === '' ? '' : `[${byDefault}]`;
    return `  ${name.padEnd(17)}${value.padEnd(8)}${meaning}`;
  });
  return [
    'Put faults on the demo shop, and take them away.',
    '',
    'npm run demo -- fault <fault> <service> [value]',
    'npm run demo -- heal       takes all faults away',
    'npm run demo -- status     shows faults and services',
    'npm run demo -- backfill 30d [--dry-run]   gives Prometheus a past of that length',
    'npm run demo -- trace --out FILE [--spans 100000]   writes a made-up trace of that size',
    '',
    'Faults, with the value they take by default:',
    ...faults,
    '',
    `Services: ${processNames.join(', ')}`,
    '',
    'Examples:',
    '  npm run demo -- fault latency checkout 1s',
    '  npm run demo -- fault errors payments 0.2',
  ].join('\n');
}
