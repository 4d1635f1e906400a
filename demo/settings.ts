import { isIP } from 'node:net';
import path from 'node:path';
import { parseDuration } from './duration.ts';
import { portCount } from './topology.ts';

export interface DemoSettings {
  readonly portBase: number;
  /** The address that all parts listen on; they call each other over loopback whatever it is. */
  readonly listenAddress: string;
  /** Loki's base address; without it log lines from `warn` up go to standard output only. */
  readonly lokiUrl: string | undefined;
  /** OTLP/HTTP base address of Tempo; without it no spans are sent. */
  readonly tempoUrl: string | undefined;
  readonly dataDir: string;
  readonly inboxSecret: string | undefined;
  /** Length of one simulated day, in milliseconds. */
  readonly trafficDayMs: number;
  /** Page views and orders per second at the busiest time of the day. */
  readonly peakRps: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the demo's settings from the environment.
 *
 * @throws Error with a sentence that names the variable, its value and what was expected
 */
export function parseSettings(environment: Environment): DemoSettings {
  return {
    portBase: parsePortBase(environment.DEMO_PORT_BASE ?? '9400'),
    listenAddress: parseAddress(environment.DEMO_LISTEN || '127.0.0.1'),
    lokiUrl: parseUrl('DEMO_LOKI_URL', environment.DEMO_LOKI_URL),
    tempoUrl: parseUrl('DEMO_TEMPO_OTLP_URL', environment.DEMO_TEMPO_OTLP_URL),
    dataDir: path.resolve(environment.DEMO_DATA_DIR || '.pharos/demo'),
    inboxSecret: environment.DEMO_INBOX_SECRET || undefined,
    trafficDayMs: parseDay(environment.DEMO_TRAFFIC_DAY || '24h'),
    peakRps: parseRate(environment.DEMO_RPS || '20'),
  };
}

function parsePortBase(text: string): number {
  const port = Number(text);
  const highest = 65_536 - portCount;
  if (!Number.isInteger(port) || port < 1 || port > highest) {
    throw new Error(`DEMO_PORT_BASE is "${text}": expected a port from 1 to ${highest}.`);
  }
  return port;
}

function parseAddress(text: string): string {
  if (isIP(text) === 0) {
    throw new Error(`DEMO_LISTEN is "${text}": expected an IP address such as 127.0.0.1.`);
  }
  return text;
}

function parseUrl(name: string, text: string | undefined): string | undefined {
  if (!text) {
    return undefined;
  }
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`${name} is "${text}": expected an address such as http://127.0.0.1:3100.`);
  }
  return url.href.replace(/\/+$/, '');
}

function parseDay(text: string): number {
  const length = parseDuration(text);
  if (length === undefined || length < 10_000) {
    throw new Error(`DEMO_TRAFFIC_DAY is "${text}": expected a duration of 10s or more, such as 10m or 24h.`);
  }
  return length;
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!Number.isFinite(rate) || rate <= 0 || rate > 500) {
    throw new Error(`DEMO_RPS is "${text}": expected a number of requests per second above 0, at most 500.`);
  }
  return rate;
}
