import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createLoginLink,
  createToken,
  deleteSource,
  listAudit,
  listSessions,
  listSources,
  listTokens,
  revokeSession,
  revokeToken,
  SOURCE_KINDS,
  verifyAudit,
  type SourceView,
} from '../../api/access.ts';
import type { OutputOf } from '../../api/operation.ts';
import { getRoutes, listReceivers } from '../../api/routing.ts';
import { getSystemStatus } from '../../api/system.ts';
import { listUndelivered } from '../../api/undelivered.ts';
import type { Role } from '../../core/identity.ts';
import { epochMs, seconds } from '../../core/units.ts';
import { fakeEngine, renderPage, type FakeEngine } from '../../host/fakeEngine.fixture.tsx';
import { Settings } from './Settings.tsx';

jest.setTimeout(20_000);

const NOW = epochMs(Date.now());

const source: SourceView = {
  id: 's1',
  kind: 'prometheus',
  name: 'eu',
  url: 'http://127.0.0.1:9090',
  tenant: '',
  builtIn: false,
  status: 'down',
  latencyMs: null,
  lastError: 'connection refused',
  staleSince: epochMs(NOW - 120_000),
  checkedAt: NOW,
  newestDataAt: null,
};

const token = {
  id: 't1',
  name: 'ci',
  scope: 'write' as const,
  createdAt: NOW,
  createdBy: 'ada',
  lastUsedAt: null,
  revokedAt: null,
};

const session = {
  name: 'Ada',
  role: 'admin' as const,
  createdAt: NOW,
  lastSeenAt: NOW,
  expiresAt: NOW,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

const audit = (seq: number) => ({
  ...{ seq, at: NOW, actor: 'session:1', actorName: 'Ada', action: 'updateThreshold', object: 'threshold t1' },
  ...{ outcome: 'refused' as const, before: null, after: { critical: 1 }, requestId: 'r', prevHash: 'a', hash: 'b' },
});

const engineFor = (role: Role): FakeEngine =>
  fakeEngine(role)
    .on(listReceivers, () => ({ items: [] }))
    .on(listUndelivered, () => ({ items: [], next: null, total: 0 }))
    .on(getRoutes, () => ({ items: [], version: 1, updatedAt: null, updatedBy: '' }))
    .on(listSources, (): OutputOf<typeof listSources> => ({ items: [...sources], grafanaUrl: null }))
    .on(deleteSource, () => ({}))
    .on(listTokens, () => ({ items: [token] }))
    .on(createToken, ({ name, scope }) => ({ token: { ...token, name, scope }, secret: 'pharos_s3cret' }))
    .on(revokeToken, () => ({}))
    .on(listSessions, () => ({
      items: [
        { ...session, id: '1', current: true },
        { ...session, id: '2', name: 'Bob', current: false },
      ],
    }))
    .on(revokeSession, () => ({}))
    .on(createLoginLink, () => ({ url: 'http://127.0.0.1:8686/login#abc', expiresAt: NOW }))
    .on(listAudit, ({ cursor }) =>
      cursor === undefined ? { items: [audit(2)], next: 'c' } : { items: [audit(1)], next: null }
    )
    .on(verifyAudit, () => ({ ok: false, rows: 9, firstBadSeq: 4, against: 'Row 9 is another.' }))
    .on(getSystemStatus, () => systemStatus);

let sources: readonly SourceView[];
let systemStatus: OutputOf<typeof getSystemStatus>;

beforeEach(() => {
  sources = [source, { ...source, id: 's2', name: 'local', builtIn: true, status: 'ok', staleSince: null }];
  systemStatus = {
    status: 'degraded',
    problems: ['Prometheus eu does not answer since 2 minutes.'],
    version: '0.1.0',
    startedAt: NOW,
    store: { kind: 'sqlite', sizeBytes: 2048, schemaVersion: '0001' },
    leadership: { leads: true, leader: null },
    sources: [],
    evaluation: {
      ...{
        interval: seconds(5),
        rules: 12,
        perSecond: 2.4,
        lastDurationMs: 31,
        lastAt: NOW,
        late: 0,
        missed: 1,
        failed: 2,
      },
    },
    deliveries: { queued: 0, oldestQueuedAt: null, dead: 0, deliveredLastHour: 3, failedLastHour: 0 },
    alerts: { info: 0, warning: 0, error: 0, critical: 0 },
    backups: { nextAt: NOW, lastAt: NOW, lastSizeBytes: 3 * 1024 * 1024, hasFailed: true, lastError: 'no room left' },
    memoryBytes: 80 * 1024 * 1024,
  };
});

const open = (tab: string, role: Role = 'admin') => {
  const engine = engineFor(role);
  const page = renderPage(
    <div className="main-view">
      <Settings />
    </div>,
    { engine, at: `/settings?tab=${tab}` }
  );
  return { engine, ...page, user: userEvent.setup({ delay: null }) };
};

describe('Settings', () => {
  it('keeps the tab in the address', async () => {
    const { user, navigation } = open('tokens');
    await user.click(await screen.findByRole('tab', { name: 'Sources' }));
    expect(navigation.current()).toEqual({ path: '/settings', search: '?tab=sources' });
    expect(await screen.findByRole('table', { name: 'Sources' })).toBeInTheDocument();
  });

  it.each([
    ['tokens', 'API tokens let programs use the API'],
    ['sessions', 'Only admins can see who is signed in to the console'],
    ['audit', 'The audit trail shows every change'],
  ])('tells a viewer why there is nothing on %s', async (tab, words) => {
    const { engine } = open(tab, 'viewer');
    expect(await screen.findByText(new RegExp(`${words}.*role viewer`))).toBeInTheDocument();
    expect(engine.calls(listTokens)).toEqual([]);
  });

  it('shows a new token once, with its scope explained', async () => {
    const { user, engine } = open('tokens');
    expect(await screen.findByText('1 active token, 1 of them never used.')).toBeInTheDocument();
    expect(screen.getByText(/Everything that a viewer sees/)).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'ci-deploys');
    await user.click(screen.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByLabelText('The new token')).toHaveValue('pharos_s3cret');
    expect(screen.getByText(/shown only once/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
    expect(engine.calls(createToken)).toEqual([{ name: 'ci-deploys', scope: 'read' }]);
  });

  it('asks before it revokes a token', async () => {
    const { user, engine } = open('tokens');
    await user.click(await screen.findByRole('button', { name: 'Revoke ci' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke ci?' });
    await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('Token revoked: it is refused from now on')).toBeInTheDocument();
    expect(engine.calls(revokeToken)).toEqual([{ id: 't1' }]);
  });

  it('marks the own session, ends another, and makes a login link', async () => {
    const { user, engine } = open('sessions');
    const rows = within(await screen.findByRole('table', { name: 'Sessions' })).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(/Ada \(this browser\).*Admin.*Firefox on Linux/);
    await user.click(screen.getByRole('button', { name: 'End the session of Bob' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End session' }));
    await waitFor(() => expect(engine.calls(revokeSession)).toEqual([{ id: '2' }]));
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Eve');
    await user.click(screen.getByRole('button', { name: 'Create login link' }));
    expect(await screen.findByLabelText('The login link')).toHaveValue('http://127.0.0.1:8686/login#abc');
    expect(engine.calls(createLoginLink)).toEqual([{ name: 'Eve', role: 'viewer' }]);
  });

  it('says which source is in trouble and since when, and removes one that was added here', async () => {
    const { user, engine } = open('sources');
    expect(await screen.findByText('1 of 2 sources is in trouble: eu (Prometheus, down).')).toBeInTheDocument();
    const [, eu, local] = within(screen.getByRole('table', { name: 'Sources' })).getAllByRole('row');
    expect(eu).toHaveTextContent(/Down.*stale since 2 m.*connection refused/);
    expect(local).toHaveTextContent('from the deployment');
    await user.click(screen.getByRole('button', { name: 'Remove eu' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(engine.calls(deleteSource)).toEqual([{ id: 's1' }]));
  });

  it('offers the kinds of which there is no source yet, and nothing where there is one of each', async () => {
    const { user, unmount } = open('sources');
    await user.click(await screen.findByRole('button', { name: 'Add source' }));
    // Its list is drawn only where there is room, which jsdom has not: the first of it is chosen.
    expect(await screen.findByRole('combobox', { name: /^Kind/ })).toHaveValue('Loki');
    unmount();
    sources = SOURCE_KINDS.map((each) => ({ ...source, id: each, name: each, kind: each }));
    open('sources');
    expect(await screen.findByRole('table', { name: 'Sources' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Add source' })).not.toBeInTheDocument();
  });

  it('pages through the audit trail, filters it, and says where its chain is broken', async () => {
    const { user, engine } = open('audit');
    expect(await screen.findByText('Refused')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(() => expect(engine.calls(listAudit).at(-1)).toEqual({ cursor: 'c' }));
    await user.click(screen.getByRole('button', { name: 'Newer' }));
    await user.click(screen.getByRole('button', { name: 'Verify chain' }));
    expect(await screen.findByText(/Row 4 does not match the row before it/)).toBeInTheDocument();
    expect(screen.getByText(/noted outside of the database: Row 9 is another\./)).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: /^Actor/ }), 'token:1');
    await waitFor(() => expect(engine.calls(listAudit).at(-1)).toEqual({ actor: 'token:1' }));
  });

  it('says how the engine is', async () => {
    open('about');
    expect(await screen.findByText(/The engine runs, but not everything works. Version 0.1.0/)).toBeInTheDocument();
    expect(screen.getByText('Prometheus eu does not answer since 2 minutes.')).toBeInTheDocument();
    expect(screen.getByText('80 MiB')).toBeInTheDocument();
    expect(screen.getByText('3 MiB')).toBeInTheDocument();
    expect(screen.getByText('no room left')).toBeInTheDocument();
    expect(screen.getByText('0, 1, 2')).toBeInTheDocument();
  });

  it.each([
    [{ leads: true, leader: null }, 'this engine'],
    [{ leads: false, leader: 'web-2 (process 7)' }, 'web-2 (process 7)'],
    [{ leads: false, leader: null }, 'another engine'],
  ])('names who evaluates where there can be several engines: %j', async (leadership, who) => {
    const store = { ...systemStatus.store, kind: 'postgres' as const };
    systemStatus = { ...systemStatus, store, leadership, backups: { ...systemStatus.backups, nextAt: null } };
    open('about');
    expect(await screen.findByText('Done by')).toBeInTheDocument();
    expect(screen.getByText(who)).toBeInTheDocument();
    // Figures of what this engine does not do would say that nothing is done.
    expect(screen.queryAllByText('Evaluations per second')).toHaveLength(leadership.leads ? 1 : 0);
    expect(screen.queryAllByText('by the leading engine')).toHaveLength(leadership.leads ? 0 : 1);
  });
});
