import { listAudit } from '../../../src/api/access.ts';
import {
  acknowledgeAlert,
  commentAlert,
  exportHistory,
  getAlert,
  listAlerts,
  listHistory,
  resolveAlert,
  unacknowledgeAlert,
} from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { addMs, hours } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let editor: Client;
let viewer: Client;
let admin: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ editor, viewer, admin } = await testClients(engine));
});
afterEach(() => engine.dispose());

async function fire(labels: Record<string, string> = { alertname: 'Slow', service: 'checkout' }): Promise<string> {
  await editor.call(intakeEvents, { events: [{ labels, severity: 'error', summary: `${labels['alertname']} it is` }] });
  const { items } = await viewer.call(listAlerts, { q: `alertname=${labels['alertname']}` });
  return items[0]?.id ?? '';
}

it('acknowledges: the list, the alert and the history agree', async () => {
  const id = await fire();
  const until = addMs(engine.clock.now(), hours(1));
  const { alert } = await editor.call(acknowledgeAlert, { id, comment: 'looking', until });
  expect(alert.acknowledged).toEqual({
    by: 'write of default',
    at: engine.clock.now(),
    comment: 'looking',
    until,
    severity: 'error',
  });
  expect((await viewer.call(listAlerts, { acknowledged: true })).items[0]).toEqual(alert);
  expect((await viewer.call(listAlerts, {})).counts).toMatchObject({ total: 1, unacknowledged: 0 });
  const detail = await viewer.call(getAlert, { id });
  expect(detail.alert).toEqual(alert);
  expect(detail.timeline[0]).toMatchObject({ kind: 'acknowledged', actor: 'write of default' });
  expect(detail.timeline[0]?.reason).toContain('looking');
});

it('gives back, comments and resolves, each with its row in history and audit trail', async () => {
  const id = await fire();
  await editor.call(acknowledgeAlert, { id, comment: '' });
  await editor.call(unacknowledgeAlert, { id, comment: 'not mine' });
  await editor.call(commentAlert, { id, comment: 'the pool is small' });
  const { alert } = await editor.call(resolveAlert, { id, comment: 'scaled' });
  expect(alert).toMatchObject({ state: 'resolved', resolvedBy: 'write of default', acknowledged: null });
  const kinds = (await viewer.call(listHistory, { alertId: id })).items.map(({ kind }) => kind).toReversed();
  expect(kinds).toEqual(['fired', 'acknowledged', 'unacknowledged', 'commented', 'resolved']);
  const audit = (await admin.call(listAudit, {})).items.filter(({ action }) => action !== 'intakeEvents').toReversed();
  expect(audit.map(({ action, object }) => [action, object])).toEqual(
    ['acknowledgeAlert', 'unacknowledgeAlert', 'commentAlert', 'resolveAlert'].map((name) => [name, `alert ${id}`])
  );
  expect(audit[3]).toMatchObject({ before: { state: 'firing' }, after: { state: 'resolved', comment: 'scaled' } });
});

it('refuses what makes no sense, and changes nothing', async () => {
  const id = await fire();
  const { alert: before } = await viewer.call(getAlert, { id });
  await expect(editor.call(acknowledgeAlert, { id, comment: '', until: engine.clock.now() })).rejects.toMatchObject({
    status: 400,
    errors: [{ path: 'until', message: 'expected a time in the future' }],
  });
  await expect(editor.call(commentAlert, { id, comment: '' })).rejects.toMatchObject({ status: 400 });
  await expect(editor.call(acknowledgeAlert, { id: 'none', comment: '' })).rejects.toMatchObject({ status: 404 });
  await expect(viewer.call(acknowledgeAlert, { id, comment: '' })).rejects.toMatchObject({ status: 403 });
  await expect(viewer.call(getAlert, { id: 'none' })).rejects.toMatchObject({ status: 404 });
  expect((await viewer.call(getAlert, { id })).alert).toEqual(before);
  await editor.call(resolveAlert, { id, comment: '' });
  await expect(editor.call(acknowledgeAlert, { id, comment: '' })).rejects.toMatchObject({ status: 409 });
});

it('may be sent twice: the second is the same act', async () => {
  const id = await fire();
  const first = await editor.call(acknowledgeAlert, { id, comment: 'mine' });
  expect(await editor.call(acknowledgeAlert, { id, comment: 'mine' })).toMatchObject({
    alert: { acknowledged: { by: first.alert.acknowledged?.by } },
  });
  await editor.call(resolveAlert, { id, comment: '' });
  await expect(editor.call(resolveAlert, { id, comment: '' })).resolves.toMatchObject({ alert: { state: 'resolved' } });
});

it('shows other open alerts of the service', async () => {
  const id = await fire();
  await fire({ alertname: 'Errors', service: 'checkout' });
  await fire({ alertname: 'Elsewhere', service: 'cart' });
  expect((await viewer.call(getAlert, { id })).related.map(({ ruleId }) => ruleId)).toEqual(['Errors']);
  const alone = await fire({ alertname: 'Nobody' });
  expect((await viewer.call(getAlert, { id: alone })).related).toEqual([]);
});

describe('history', () => {
  it('can be filtered and read page by page', async () => {
    const id = await fire();
    await fire({ alertname: 'Errors', service: 'cart' });
    await editor.call(acknowledgeAlert, { id, comment: '' });
    const ofCart = await viewer.call(listHistory, { service: 'cart' });
    expect(ofCart.items.map(({ ruleId }) => ruleId)).toEqual(['Errors']);
    const byPerson = await viewer.call(listHistory, { actor: 'write of default' });
    expect(byPerson.items.map(({ kind }) => kind)).toEqual(['acknowledged']);
    expect((await viewer.call(listHistory, { kind: ['fired'] })).items).toHaveLength(2);
    expect((await viewer.call(listHistory, { from: addMs(engine.clock.now(), hours(1)) })).items).toEqual([]);
    const first = await viewer.call(listHistory, { limit: 2 });
    const rest = await viewer.call(listHistory, { limit: 2, cursor: first.next ?? '' });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
  });

  it('goes out as CSV that no spreadsheet runs and no comma breaks', async () => {
    await editor.call(intakeEvents, {
      events: [{ labels: { alertname: 'x', service: '=cmd|calc' }, summary: 'a "quoted", long\nsummary' }],
    });
    const csv = await viewer.call(exportHistory, {});
    const [head, ...rows] = csv.split('\r\n');
    expect(head).toBe('at,service,summary,kind,from,to,severity,value,actor,reason,ruleId,alertId');
    expect(rows[0]).toContain(`${new Date(engine.clock.now()).toISOString()},'=cmd|calc,"a ""quoted"", long`);
    expect(rows.at(-1)).toBe('');
  });
});
