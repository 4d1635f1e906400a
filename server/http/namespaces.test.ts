import { z } from 'zod';
import { ALERTMANAGER_OPERATIONS } from '../alertmanager/addAlertmanagerRoutes.ts';
import { OPERATIONS } from '../operations/table.ts';
import { NAMESPACE_CASES, type Ids, type NamespaceCase } from './namespaceCases.fixture.ts';
import { createWorld, giveUp, NAMESPACE, type Mark, type World } from './namespaceWorld.fixture.ts';

const ALL = [...OPERATIONS, ...ALERTMANAGER_OPERATIONS].map(({ contract }) => contract);
type Contract = (typeof ALL)[number];
type Input = Readonly<Record<string, unknown>>;

let world: World;
let tokens: Record<Mark, string>;
let ids: Ids;

/** Calls an operation as an admin of a namespace. */
async function call(name: string, mark: Mark, input: Input): Promise<{ status: number; text: string }> {
  const contract = ALL.find((one) => one.name === name);
  const { method = '', path: template = '' } = contract ?? {};
  const path = template.replace(/\{(\w+)\}/g, (_, field: string) => String(input[field]));
  const fields = Object.entries(input).filter(([field]) => !template.includes(`{${field}}`));
  const texts = fields.map(([field, value]): [string, string] => [field, String(value)]);
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = new URLSearchParams(inQuery ? texts : []).toString();
  const body = template === '/api/v2/alerts' ? input['alerts'] : Object.fromEntries(fields);
  const response = await world.engine.request(method, query === '' ? path : `${path}?${query}`, {
    token: tokens[mark],
    ...(inQuery ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const rowsOf = (text: string) => JSON.parse(text) as { items: ReadonlyArray<Readonly<Record<string, string>>> };

/** The id of the first row of a list of the first namespace whose text has the mark. */
async function idOf(list: string, input: Input = {}): Promise<string> {
  const { items } = rowsOf((await call(list, 'indigo', input)).text);
  return items.find((item) => JSON.stringify(item).includes('indigo'))?.['id'] ?? `no id in ${list}`;
}

/** Makes of everything one in each namespace, by the operations themselves. */
async function fill(mark: Mark): Promise<void> {
  for (const [name, { makes }] of Object.entries(NAMESPACE_CASES)) {
    if (makes !== undefined) {
      const { status, text } = await call(name, mark, makes(mark));
      expect([name, status < 300, text]).toEqual([name, true, text]);
    }
  }
  const link = JSON.parse((await call('createLoginLink', mark, { name: `${mark}-person`, role: 'viewer' })).text) as {
    url: string;
  };
  const headers = { origin: 'http://localhost' };
  await world.engine.request('POST', '/login', { headers, body: { token: link.url.split('#')[1] } });
}

/** What the first namespace has. */
async function everything(): Promise<readonly string[]> {
  const lists = ['listAlerts', 'listThresholds', 'listReceivers', 'getRoutes', 'listSilences', 'listViews'];
  const answers = [...lists, 'listTokens', 'listSessions', 'listSources', 'listHistory', 'listUndelivered'].map(
    (list) => call(list, 'indigo', list === 'listViews' ? { page: 'alerts' } : {})
  );
  return (await Promise.all(answers)).map(({ text }) => text);
}

beforeAll(async () => {
  world = await createWorld();
  const [indigo, crimson] = [
    await world.engine.token('admin', NAMESPACE.indigo),
    await world.engine.token('admin', 'org-2'),
  ];
  tokens = { indigo, crimson };
  for (const mark of ['indigo', 'crimson'] as const) {
    await fill(mark);
    await giveUp(world, mark);
  }
  const [undelivered = '', otherUndelivered = ''] = rowsOf(
    (await call('listUndelivered', 'indigo', {})).text
  ).items.map(({ id = '' }) => id);
  const silences = rowsOf((await call('listSilences', 'indigo', {})).text).items.map(({ id = '' }) => id);
  const [silence = '', otherSilence = ''] = silences;
  const sources = await world.engine.store.read.sources.list(NAMESPACE.indigo);
  ids = {
    ...{
      undelivered,
      otherUndelivered,
      silence,
      otherSilence,
      threshold: await idOf('listThresholds'),
      alert: await idOf('listAlerts'),
    },
    ...{ view: await idOf('listViews', { page: 'alerts' }), token: await idOf('listTokens') },
    ...{ session: await idOf('listSessions'), source: sources[0]?.id ?? '' },
  };
});
afterAll(() => world.dispose());

const casesWith = (part: keyof NamespaceCase): readonly string[] =>
  Object.entries(NAMESPACE_CASES).flatMap(([name, one]) => (one[part] === undefined ? [] : [name]));
const caseOf = (name: string): NamespaceCase => NAMESPACE_CASES[name] ?? {};

const takesId = ({ path, input }: Contract): boolean =>
  path.includes('{') || (input instanceof z.ZodObject && ('id' in input.shape || 'ids' in input.shape));

describe('every operation', () => {
  it.each(ALL.map((contract): [string, Contract] => [contract.name, contract]))('%s has a case', (name, contract) => {
    const { makes, byId, rows, tellsNothing, ofEngine } = caseOf(name);
    expect([makes, byId, rows, tellsNothing, ofEngine].some((part) => part !== undefined)).toBe(true);
    // What takes an id must be tried with the id of another namespace's.
    expect(!takesId(contract) || byId !== undefined || (contract.method === 'GET' && rows !== undefined)).toBe(true);
  });

  it('is one that there is', () => {
    const names = new Set(ALL.map(({ name }) => name));
    expect(Object.keys(NAMESPACE_CASES).filter((name) => !names.has(name))).toEqual([]);
  });
});

/** An answer may repeat the name that it was asked for, in words and queries of its own. */
const withoutQuestion = (text: string, input: Input): string =>
  JSON.stringify(input).includes('indigo-shop') ? text.replaceAll('indigo-shop', '') : text;

// First, as the audit says later what was asked for and not found.
describe('what another namespace has', () => {
  it.each(casesWith('rows'))('is not in the answer of %s, and one’s own is', async (name) => {
    const input = caseOf(name).rows?.(ids) ?? {};
    const [own, other] = [await call(name, 'indigo', input), await call(name, 'crimson', input)];
    expect([own.status, other.status]).toEqual([200, 200]);
    expect(own.text).toContain('indigo');
    expect(own.text).not.toContain('crimson');
    expect(withoutQuestion(other.text, input)).not.toContain('indigo');
  });

  it.each(casesWith('tellsNothing'))('is not in the answer of %s either', async (name) => {
    const input = caseOf(name).tellsNothing ?? {};
    const { status, text } = await call(name, 'crimson', input);
    expect(status).toBe(200);
    expect(withoutQuestion(text, input)).not.toContain('indigo');
  });

  it('does not wake who waits for changes', async () => {
    const changes = async (mark: Mark, input: Input) =>
      JSON.parse((await call('getChanges', mark, { ...input, wait: '0s' })).text) as {
        cursor: string;
        topics: string[];
      };
    const [own, other] = [await changes('indigo', {}), await changes('crimson', {})];
    await call('createToken', 'crimson', { name: 'one more', scope: 'read' });
    expect((await changes('crimson', { since: other.cursor })).topics).toEqual(['tokens']);
    expect((await changes('indigo', { since: own.cursor })).topics).toEqual([]);
  });

  it.each(casesWith('ofEngine'))('is no affair of %s, which is for the deployment', async (name) => {
    expect((await call(name, 'crimson', caseOf(name).ofEngine ?? {})).status).toBe(403);
  });
});

describe('an id of another namespace', () => {
  it.each(casesWith('byId'))('is not found by %s', async (name) => {
    const before = await everything();
    const { status, text } = await call(name, 'crimson', caseOf(name).byId?.(ids) ?? {});
    expect([name, status]).toEqual([name, 404]);
    expect(JSON.parse(text)).not.toHaveProperty('items');
    expect(await everything()).toEqual(before);
  });
});

// Last, as it takes away what the others look for.
it('finds each of these ids in its own namespace', async () => {
  const names = casesWith('byId');
  const isEnd = (name: string) => /^(delete|expire|revoke)|Delete/.test(name);
  for (const name of [...names.filter((one) => !isEnd(one)), ...names.filter(isEnd)]) {
    const { status, text } = await call(name, 'indigo', caseOf(name).byId?.(ids) ?? {});
    expect([name, status === 404 || status >= 500 ? text : '']).toEqual([name, '']);
  }
});
