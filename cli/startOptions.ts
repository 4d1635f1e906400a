import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export interface StartOptions {
  readonly help: boolean;
  readonly demo: boolean;
  /** Nothing but the engine and its console. */
  readonly onlyEngine: boolean;
  /** Leave Docker alone even where it runs. */
  readonly native: boolean;
  readonly data: string | undefined;
  readonly port: number | undefined;
}

const options = {
  help: { type: 'boolean', short: 'h' },
  'no-demo': { type: 'boolean' },
  only: { type: 'string' },
  native: { type: 'boolean' },
  data: { type: 'string' },
  port: { type: 'string' },
} as const;

export const startHelp = `Usage: npm start -- [options]

Starts Prometheus, Loki, Tempo, Grafana, the demo shop, the engine and its console,
in Docker where a Docker engine runs, else on this machine. Ctrl-C stops all of it.

  --no-demo       without the demo shop and its inbox
  --only engine   the engine and its console alone, on this machine
  --native        on this machine even where Docker runs
  --data DIR      on this machine, with data and logs there (default: .pharos)
  --port N        port of the engine (default: 8686; without Docker, or the next free one)
  --help          this text`;

/** @throws UsageError that names the option and what was expected */
export function parseStartOptions(argv: readonly string[]): StartOptions {
  const { values } = strictOptions(argv, options);
  if (values.only !== undefined && values.only !== 'engine') {
    throw new UsageError(`--only is "${values.only}": expected engine.`);
  }
  if (values.data === '') {
    throw new UsageError('--data is empty: expected a folder.');
  }
  return {
    help: values.help ?? false,
    demo: !(values['no-demo'] ?? false) && values.only === undefined,
    onlyEngine: values.only === 'engine',
    native: values.native ?? false,
    data: values.data,
    port: values.port === undefined ? undefined : parsePort(values.port),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError(`--port is "${text}": expected a number from 1 to 65535.`);
  }
  return port;
}
