import { parseDuration } from '../duration.ts';
import { isProcessName, outsideHost, processNames, type ProcessName } from '../topology.ts';
import { getNearest } from './nearest.ts';

export const faultNames = [
  'latency',
  'errors',
  'memory-leak',
  'cpu-burn',
  'crash',
  'dependency-down',
  'bad-release',
] as const;

export type FaultName = (typeof faultNames)[number];

export interface Fault {
  readonly fault: FaultName;
  readonly service: ProcessName;
  /** In the fault's own unit: see `faultKinds`. */
  readonly value: number;
  /** The value as it was written, for people. */
  readonly text: string;
}

interface FaultKind {
  /** What `value` stands for. */
  readonly argument: 'duration' | 'ratio' | 'rate' | 'none';
  readonly byDefault: string;
  readonly meaning: string;
}

/** Every fault, what its value means (durations in ms, ratios 0–1, rates in MB/s) and what it does. */
export const faultKinds: Readonly<Record<FaultName, FaultKind>> = {
  latency: { argument: 'duration', byDefault: '1s', meaning: 'each request or job takes that much longer' },
  errors: { argument: 'ratio', byDefault: '0.3', meaning: 'that share of requests or jobs fails' },
  'memory-leak': { argument: 'rate', byDefault: '4', meaning: 'memory grows by that many MB a second, until it dies' },
  'cpu-burn': { argument: 'ratio', byDefault: '0.8', meaning: 'that share of one core is burnt' },
  crash: { argument: 'duration', byDefault: '15s', meaning: 'it dies, comes back that much later, and dies again' },
  'dependency-down': { argument: 'none', byDefault: '', meaning: 'what it calls refuses the connection' },
  'bad-release': { argument: 'none', byDefault: '', meaning: 'version 1.1.0 goes out: slower, with errors' },
};

/** Longest pause a fault may ask for: past the callers' patience nothing more would be seen. */
const longestMs = 120_000;

/**
 * Reads a fault as it comes from the command line or a request.
 *
 * @returns the fault, or a sentence that says which part is wrong and what was expected
 */
export function parseFault(input: { fault: unknown; service: unknown; value?: unknown }): Fault | string {
  const fault = faultNames.find((name) => name === input.fault);
  if (fault === undefined) {
    return describeUnknown('fault', input.fault, faultNames);
  }
  const { service } = input;
  if (typeof service !== 'string' || !isProcessName(service)) {
    return describeUnknown('service', service, processNames);
  }
  if (fault === 'dependency-down' && service === outsideHost) {
    return `${service} calls nothing, so it has no dependency to lose. Put the fault on payments, which calls it.`;
  }
  return parseValue({ fault, service }, input.value);
}

function parseValue(target: { fault: FaultName; service: ProcessName }, given: unknown): Fault | string {
  const kind = faultKinds[target.fault];
  if (kind.argument === 'none') {
    return isAbsent(given)
      ? { ...target, value: 1, text: '' }
      : `${target.fault} takes no value, but got "${show(given)}".`;
  }
  const text = isAbsent(given) ? kind.byDefault : show(given);
  const value = readers[kind.argument](text);
  return value === undefined
    ? `The value of ${target.fault} is "${text}": expected ${expectations[kind.argument]}.`
    : { ...target, value, text };
}

const expectations = {
  duration: 'a duration up to 2m, such as 500ms or 1s',
  ratio: 'a ratio above 0, at most 1, such as 0.3',
  rate: 'a number of MB per second above 0, at most 100',
} as const;

const readers = {
  duration: (text: string) => {
    const ms = parseDuration(text);
    return ms !== undefined && ms <= longestMs ? ms : undefined;
  },
  ratio: (text: string) => parseNumber(text, 1),
  rate: (text: string) => parseNumber(text, 100),
} as const;

function parseNumber(text: string, highest: number): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value > 0 && value <= highest ? value : undefined;
}

function isAbsent(given: unknown): boolean {
  return given === undefined || given === null || given === '';
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

/** A sentence for a name that is not on the list, with the nearest one that is. */
export function describeUnknown(what: string, given: unknown, names: readonly string[]): string {
  const nearest = typeof given === 'string' ? getNearest(given, names) : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const said = given === undefined ? `No ${what} was named.` : `There is no ${what} "${show(given)}".`;
  return `${said}${hint} Known: ${names.join(', ')}.`;
}
