import fc from 'fast-check';
import { z } from 'zod';
import { ALERTMANAGER_OPERATIONS } from '../alertmanager/addAlertmanagerRoutes.ts';
import { OPERATIONS } from '../operations/table.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';

const ALL = [...OPERATIONS, ...ALERTMANAGER_OPERATIONS];
const RUNS = 40;

let engine: TestEngine;
let token: string;
beforeAll(async () => {
  engine = await createTestEngine();
  token = await engine.token('admin');
});
afterAll(() => engine.dispose());

/** Everything that a caller can store, but for the audit trail, which records refusals. */
async function snapshot(): Promise<string> {
  const lists = [
    'thresholds',
    'receivers',
    'receivers/undelivered',
    'routes',
    'silences',
    'views',
    'tokens',
    'sources',
    'alerts?state=pending,firing,no_data,stale,resolved',
    'history',
  ];
  const answers = await Promise.all(
    lists.map(async (list) => (await engine.request('GET', `/api/v1/${list}`, { token })).text())
  );
  return answers.join('\n');
}

const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '__proto__',
    '../../etc/passwd',
    '%2e%2e',
    "'; DROP TABLE alerts; --",
    '{{',
    '\u202e',
    'null',
    '-1',
    '1e309',
    'x'.repeat(5000)
  )
);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.double(),
  fc.integer(),
  fc.constantFrom<unknown>(
    null,
    true,
    [],
    {},
    [[]],
    { expr: '' },
    Number.MAX_SAFE_INTEGER,
    { set: true },
    [{}],
    [null]
  ),
  fc.jsonValue({ maxDepth: 3 })
);

const fieldsOf = (schema: z.ZodType): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** Objects whose names are the operation's own, so that they get past the first check, with values that are not. */
const hostileInput = (names: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    fc.dictionary(names.length === 0 ? fc.string() : fc.constantFrom(...names), hostileValue, { maxKeys: 8 }),
    fc.dictionary(fc.string(), hostileValue, { maxKeys: 4 })
  );

/** Not `String()`: an object may bring a `toString` that is no function. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));

function requestOf(served: (typeof ALL)[number], input: Record<string, unknown>): { path: string; body?: unknown } {
  const { contract } = served;
  const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
  const path = contract.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(textOf(input[name]).toWellFormed()) || 'x'
  );
  if (hasBody) {
    return { path, body: contract.path === '/api/v2/alerts' ? [input, ...Object.values(input)] : input };
  }
  const query = new URLSearchParams(
    Object.entries(input).map(([name, value]): [string, string] => [name, textOf(value)])
  );
  if (contract.name === 'getChanges') {
    query.set('wait', '0s');
  }
  return { path: `${path}?${query.toString()}` };
}

/** Operations that are nothing without a source, of which there is none here, each with a call that is in order. */
const NEEDS_SOURCE: Readonly<Record<string, readonly [source: string, input: Readonly<Record<string, unknown>>]>> = {
  getMetrics: ['Prometheus', { queries: [{ id: 'a', expr: 'up' }] }],
  previewThreshold: ['Prometheus', { service: 'checkout', signal: 'up', critical: 0.5 }],
  getTrace: ['Tempo', { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' }],
  getLinkedTraces: ['Tempo', { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' }],
};

it.each(Object.entries(NEEDS_SOURCE))('%s says which source it lacks', async (name, [source, input]) => {
  const served = ALL.find(({ contract }) => contract.name === name);
  const { path, body } = served === undefined ? { path: '/' } : requestOf(served, input);
  const response = await engine.request(served?.contract.method ?? '', path, { token, body });
  expect(await response.json()).toMatchObject({
    ...{ status: 503, code: 'unavailable' },
    detail: expect.stringContaining(`No ${source} is configured for this namespace`),
  });
});

it.each(ALL.map((served) => [served.contract.name, served] as const))(
  '%s answers nonsense with a problem and stores nothing',
  async (_name, served) => {
    const { contract } = served;
    await fc.assert(
      fc.asyncProperty(hostileInput(fieldsOf(contract.input)), async (input) => {
        const before = await snapshot();
        const { path, body } = requestOf(served, input);
        const response = await engine.request(contract.method, path, {
          token,
          ...(body === undefined ? {} : { body }),
        });
        if (response.status >= 500) {
          const { code } = (await response.json()) as { code: string };
          expect([contract.name in NEEDS_SOURCE, response.status, code]).toEqual([true, 503, 'unavailable']);
        }
        if (response.status >= 400 && contract.path !== '/api/v2/alerts') {
          expect(await snapshot()).toBe(before);
        }
      }),
      { numRuns: RUNS }
    );
  }
);

it.each([
  ['not JSON', '{"a":'],
  ['no object', '[1,2]'],
  ['nested too deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
  ['bytes that are no UTF-8', '"\\ud800"'],
])('refuses a body that is %s', async (_what, body) => {
  const response = await engine.request('POST', '/api/v1/silences', { token, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'invalid_input', status: 400 });
});

it('refuses a body over the limit, and one of another type', async () => {
  const large = await engine.request('POST', '/api/v1/silences', {
    token,
    body: JSON.stringify({ comment: 'x'.repeat(2 << 20) }),
  });
  expect(large.status).toBe(413);
  const form = await engine.request('POST', '/api/v1/silences', {
    token,
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  expect(form.status).toBe(415);
});

it('refuses a parameter that is given twice, which two parsers could read differently', async () => {
  const response = await engine.request('GET', '/api/v1/alerts?limit=1&limit=2', { token });
  expect(await response.json()).toMatchObject({
    status: 400,
    detail: 'The parameter "limit" is given 2 times; expected once.',
  });
});

it('names the field that is wrong, where it is, and what was expected', async () => {
  const body = { service: '', signal: 'latency', warning: 'soon', for: '10 minutes', colour: 'red' };
  const problem = (await (await engine.request('POST', '/api/v1/thresholds', { token, body })).json()) as {
    errors: Array<{ path: string; message: string }>;
  };
  const byPath = Object.fromEntries(problem.errors.map(({ path, message }) => [path, message]));
  expect(byPath).toMatchObject({
    service: 'expected a service name, or * for every service',
    warning: 'expected number, received string',
    for: 'expected a duration such as 30s, 5m or 1h30m',
    colour: 'is not a known field',
  });
  expect(byPath['signal']).toContain('expected one of request_rate');
});
