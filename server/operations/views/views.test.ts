import { listAudit } from '../../../src/api/access.ts';
import type { Client } from '../../../src/api/client.ts';
import { getChanges } from '../../../src/api/system.ts';
import { deleteView, listViews, MOST_VIEWS, saveView } from '../../../src/api/views.ts';
import { seconds } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let editor: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, editor, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const shop = { page: 'alerts' as const, name: 'Shop at night', params: { team: 'shop' }, isDefault: false };
const names = async (client: Client) => (await client.call(listViews, {})).items.map(({ name }) => name);

it('are kept for who saved them and nobody else', async () => {
  const { view } = await viewer.call(saveView, shop);
  expect(view).toMatchObject({ ...shop, createdAt: engine.clock.now() });
  expect(await viewer.call(listViews, { page: 'alerts' })).toEqual({ items: [view] });
  expect(await names(editor)).toEqual([]);
  await expect(editor.call(deleteView, { id: view.id })).rejects.toMatchObject({ status: 404 });
  await expect(editor.call(saveView, { ...shop, id: view.id })).rejects.toMatchObject({ status: 404 });
  expect(await names(viewer)).toEqual(['Shop at night']);
});

it('belong to a person of Grafana, whatever the login and role', async () => {
  const asGrafana = async (claims: { login: string; role: string; sub?: string }, body?: unknown) => {
    const token = await engine.relayToken({ sub: 'user:2', ...claims });
    const response = await engine.request(body === undefined ? 'GET' : 'POST', '/api/v1/views', {
      token,
      ...(body === undefined ? {} : { body }),
    });
    return (await response.json()) as { items: unknown[] };
  };
  await asGrafana({ login: 'ada', role: 'Viewer' }, shop);
  expect((await asGrafana({ login: 'countess', role: 'Admin' })).items).toHaveLength(1);
  expect((await asGrafana({ login: 'ada', role: 'Viewer', sub: 'user:3' })).items).toHaveLength(0);
});

it('are renamed and changed by id', async () => {
  const { view } = await viewer.call(saveView, shop);
  engine.clock.advance(seconds(5));
  const params = { team: 'shop', severity: 'critical,error' };
  const changed = await viewer.call(saveView, { ...shop, id: view.id, name: 'shop AT night', params });
  expect(changed.view).toEqual({ ...view, name: 'shop AT night', params, updatedAt: engine.clock.now() });
  expect((await viewer.call(listViews, {})).items).toEqual([changed.view]);
});

it('have one default at most', async () => {
  const { view: first } = await viewer.call(saveView, { ...shop, isDefault: true });
  await viewer.call(saveView, { ...shop, name: 'All', params: {}, isDefault: true });
  const defaults = async () =>
    (await viewer.call(listViews, {})).items.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  expect(await defaults()).toEqual(['All']);
  await viewer.call(saveView, { ...shop, id: first.id, isDefault: true });
  expect(await defaults()).toEqual(['Shop at night']);
  await viewer.call(saveView, { ...shop, id: first.id, isDefault: false });
  expect(await defaults()).toEqual([]);
});

it('refuses a name that is taken, whatever its case, beside the field', async () => {
  await viewer.call(saveView, shop);
  const { view: other } = await viewer.call(saveView, { ...shop, name: 'Other' });
  for (const input of [
    { ...shop, name: ' SHOP at night ' },
    { ...shop, id: other.id },
  ]) {
    await expect(viewer.call(saveView, input)).rejects.toMatchObject({
      status: 409,
      errors: [{ path: 'name', message: expect.stringContaining('already; choose another name') }],
    });
  }
  expect(await names(viewer)).toEqual(['Other', 'Shop at night']);
});

it('are so many and no more, and can be changed still', async () => {
  for (let i = 1; i < MOST_VIEWS; i++) {
    await viewer.call(saveView, { ...shop, name: `View ${i}` });
  }
  const { view: last } = await viewer.call(saveView, { ...shop, name: 'Last' });
  await expect(viewer.call(saveView, { ...shop, name: 'One more' })).rejects.toMatchObject({
    status: 409,
    message: 'You keep 50 views of the page alerts, and 50 are the most; delete one first.',
  });
  await viewer.call(saveView, { ...shop, id: last.id, name: 'Very last' });
  await viewer.call(deleteView, { id: last.id });
  await viewer.call(saveView, { ...shop, name: 'One more' });
  expect(await names(viewer)).toHaveLength(MOST_VIEWS);
  expect(await names(editor)).toEqual([]);
});

it.each([
  ['without a name', { ...shop, name: '  ' }, 'name'],
  ['with a name that is too long', { ...shop, name: 'x'.repeat(81) }, 'name'],
  ['with a name of two lines', { ...shop, name: 'a\nb' }, 'name'],
  ['of a page that keeps none', { ...shop, page: 'settings' }, 'page'],
  ['with a parameter that is no word', { ...shop, params: { 'a b': 'x' } }, 'params.a b'],
  ['with an empty parameter', { ...shop, params: { team: '' } }, 'params.team'],
  ['with a parameter that is no text', { ...shop, params: { team: ['shop'] } }, 'params.team'],
  ['with a value that is too long', { ...shop, params: { q: 'x'.repeat(2001) } }, 'params.q'],
  ['with too much of it', { ...shop, params: { a: 'x'.repeat(2000), b: 'x'.repeat(2000), c: 'x' } }, 'params'],
  [
    'with too many parameters',
    { ...shop, params: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`p${i}`, 'x'])) },
    'params',
  ],
])('refuses one %s, and keeps nothing', async (_what, body, path) => {
  const response = await engine.request('POST', '/api/v1/views', { token: await engine.token('read'), body });
  const problem = (await response.json()) as { errors: Array<{ path: string }> };
  expect([response.status, problem.errors.map((error) => error.path)]).toEqual([400, [path]]);
});

it('tells the other windows, and leaves an audit row of each change', async () => {
  const { cursor } = await viewer.call(getChanges, { wait: 0 });
  const { view } = await viewer.call(saveView, shop);
  await viewer.call(deleteView, { id: view.id });
  expect(await viewer.call(getChanges, { since: cursor, wait: 0 })).toMatchObject({ topics: ['views'] });
  expect(await names(viewer)).toEqual([]);
  const { items } = await admin.call(listAudit, {});
  const facts = { page: 'alerts', name: 'Shop at night', params: { team: 'shop' }, isDefault: false };
  expect(items.map(({ action, object, before, after }) => [action, object, before, after])).toEqual([
    ['deleteView', `view ${view.id}`, facts, null],
    ['saveView', `view ${view.id}`, null, facts],
  ]);
});

it('are kept for nobody whom Grafana does not name', async () => {
  const token = await engine.relayToken({ sub: 'anonymous:0', login: '', role: 'Viewer' });
  const save = await engine.request('POST', '/api/v1/views', { token, body: shop });
  expect(save.status).toBe(403);
  const list = await engine.request('GET', '/api/v1/views', { token });
  expect(await list.json()).toEqual({ items: [] });
});
