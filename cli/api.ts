import { z } from 'zod';
import { ApiError } from '../src/api/apiError.ts';
import { createClient, type Client, type TransportRequest, type TransportResponse } from '../src/api/client.ts';
import { CONTRACTS } from '../src/api/contracts.ts';
import type { OperationContract } from '../src/api/operation.ts';
import { nearestName } from '../src/core/nearestName.ts';
import { readState } from '../stack/state.ts';
import { engineEnvironment } from './engineEnvironment.ts';
import type { Io } from './io.ts';

export const summary = 'Call any operation of a running engine: pharos api listAlerts --severity critical';

const usageError = 2;

const usage = `Usage: pharos api <operation> [--name value …] [--json '{…}']

Values are given as the API takes them: --state firing,no_data --limit 10. Lists and objects of a body go into --json.
The engine is found by PHAROS_URL, else on PHAROS_PORT (8686) of this machine. The token is PHAROS_TOKEN, else the engine's
admin token: PHAROS_ADMIN_TOKEN, PHAROS_ADMIN_TOKEN_FILE, or the file secrets/admin_token of PHAROS_DATA_DIR.

pharos api --list shows the operations, pharos api <operation> --help what one takes.`;

/** Where the engine is, and as whom it is called. */
export interface Engine {
  readonly url: string;
  readonly token: string;
}

/**
 * From `PHAROS_URL` and `PHAROS_TOKEN`; else the engine that has these settings, where `npm start` put it or where it listens.
 * @throws Error naming the setting that is wrong, or saying where a token was looked for
 */
export async function findEngine(io: Pick<Io, 'environment'>): Promise<Engine> {
  const { PHAROS_URL: url, PHAROS_TOKEN: token } = io.environment;
  if (url && token) {
    return { url, token };
  }
  const { readLocalEngine } = await import('../server/localEngine.ts');
  const local = readLocalEngine(engineEnvironment(io, undefined));
  const started = (await readState(local.dataDir))?.addresses['engine:8686'];
  const known = token || local.adminToken;
  if (known === undefined) {
    throw new Error(noToken(local.tokenFile));
  }
  return { url: url || (started === undefined ? local.url : `http://${started}`), token: known };
}

const noToken = (file: string): string =>
  `There is no admin token in ${file}. Set PHAROS_TOKEN, or the PHAROS_DATA_DIR of the engine. An engine in Docker keeps its own: docker compose exec engine node cli/main.ts login-link`;

/** The typed client over `fetch`. */
export const connect = ({ url, token }: Engine): Client =>
  createClient(
    async ({ method, path: target, query, body, accept, signal }: TransportRequest): Promise<TransportResponse> => {
      const address = new URL(target, url);
      address.search = new URLSearchParams(query).toString();
      const response = await fetch(address, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }).catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw unreachable(url, cause);
      });
      const text = await response.text();
      const retryAfter = response.headers.get('retry-after');
      return {
        status: response.status,
        body: parseBody(text),
        retryAfter: retryAfter === null ? undefined : Number(retryAfter),
      };
    }
  );

const unreachable = (url: string, cause: unknown): ApiError =>
  new ApiError({
    ...{ code: 'network', status: 0, cause },
    message: `${url} cannot be reached. PHAROS_URL says where the engine is.`,
  });

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A sentence for a person, from anything that a call threw. */
export const explainFailure = (error: unknown): string => {
  if (error instanceof ApiError) {
    return error.status === 0 ? `The engine does not answer: ${error.message}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
};

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    io.out(usage);
    return name === undefined ? usageError : 0;
  }
  if (name === '--list') {
    io.out(CONTRACTS.map((contract) => `${contract.name.padEnd(24)} ${contract.summary}`).join('\n'));
    return 0;
  }
  const contract = CONTRACTS.find((candidate) => candidate.name === name);
  if (contract === undefined) {
    const nearest = nearestName(
      name,
      CONTRACTS.map((candidate) => candidate.name)
    );
    io.error(
      `There is no operation "${name}". ${nearest === undefined ? 'See pharos api --list.' : `Did you mean "${nearest}"?`}`
    );
    return usageError;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(describe(contract));
    return 0;
  }
  return callAndPrint(contract, rest, io);
}

async function callAndPrint(contract: OperationContract, argv: readonly string[], io: Io): Promise<number> {
  const wire = parseArguments(contract, argv);
  if (typeof wire === 'string') {
    io.error(wire);
    return usageError;
  }
  const input = z.safeDecode(contract.input, wire);
  if (!input.success) {
    io.error(input.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
    return usageError;
  }
  try {
    const output = await connect(await findEngine(io)).call(contract, input.data);
    io.out(
      contract.produces === 'text/csv' ? String(output) : JSON.stringify(z.encode(contract.output, output), null, 2)
    );
    return 0;
  } catch (error) {
    io.error(explainFailure(error));
    return 1;
  }
}

const inputNames = (contract: OperationContract): readonly string[] =>
  contract.input instanceof z.ZodObject ? Object.keys(contract.input.shape) : [];

/** `--name value` pairs and `--json`, in wire form; a sentence when they are no such thing. */
export function parseArguments(contract: OperationContract, argv: readonly string[]): Record<string, unknown> | string {
  const wire: Record<string, unknown> = {};
  for (let i = 0; i < argv.length; i += 2) {
    const name = argv[i] ?? '';
    const value = argv[i + 1];
    if (!name.startsWith('--') || value === undefined) {
      return `Expected --name value, found "${name}". See pharos api ${contract.name} --help.`;
    }
    const fields = parseArgument(contract, name.slice(2), value);
    if (typeof fields === 'string') {
      return fields;
    }
    Object.assign(wire, fields);
  }
  return wire;
}

function parseArgument(contract: OperationContract, name: string, value: string): object | string {
  if (name === 'json') {
    const parsed = parseBody(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : '--json is not a JSON object.';
  }
  const known = inputNames(contract);
  if (!known.includes(name)) {
    const nearest = nearestName(name, known);
    return `${contract.name} has no --${name}. ${nearest === undefined ? `It takes: ${known.join(', ')}.` : `Did you mean --${nearest}?`}`;
  }
  return { [name]: contract.method === 'GET' || contract.method === 'DELETE' ? value : scalar(value) };
}

/** Numbers and booleans of a body are written as such; everything else is text. */
const scalar = (text: string): unknown => (/^(true|false|null|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text);

function describe(contract: OperationContract): string {
  const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' });
  const required = new Set(schema.required ?? []);
  const lines = inputNames(contract).map((name) => `  --${name}${required.has(name) ? '  (required)' : ''}`);
  return [
    `${contract.name}: ${contract.summary}`,
    `${contract.method} ${contract.path}, role ${contract.access}`,
    ...lines,
  ].join('\n');
}
