import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { listAlerts, listHistory } from '../../src/api/alerts.ts';
import { listAudit } from '../../src/api/access.ts';
import { listSilences } from '../../src/api/routing.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';

jest.setTimeout(60_000);

const amtool = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'amtool'))
  .find((file) => existsSync(file));

let engine: RealEngine;

beforeAll(async () => {
  engine = await startEngine();
  // amtool takes credentials from a file only, as Prometheus' HTTP clients do.
  writeFileSync(
    path.join(engine.dataDir, 'amtool-http.yml'),
    `basic_auth:\n  username: amtool\n  password_file: ${path.join(engine.dataDir, 'secrets', 'admin_token')}\n`
  );
});
afterAll(() => engine?.dispose());

/** Its standard output: on the other stream it warns that Alertmanager and it have different versions. */
async function run(...args: string[]): Promise<string> {
  const config = path.join(engine.dataDir, 'amtool-http.yml');
  const { stdout } = await promisify(execFile)(
    amtool ?? 'amtool',
    [`--alertmanager.url=${engine.url}`, `--http.config.file=${config}`, ...args],
    { timeout: 20_000 }
  );
  return stdout;
}

// Comes with Debian's prometheus-alertmanager. Where it is missing, the run counts these as skipped and says so.
const withAmtool = amtool === undefined ? describe.skip : describe;

withAmtool('amtool', () => {
  it('adds an alert and finds it', async () => {
    await run('alert', 'add', 'DiskFull', 'service=catalog', 'severity=error', '--annotation=summary=disk of catalog');
    const [alert] = (await engine.client.call(listAlerts, {})).items;
    expect(alert).toMatchObject({
      ...{ source: 'alertmanager', service: 'catalog', severity: 'error', summary: 'disk of catalog' },
      labels: { alertname: 'DiskFull', service: 'catalog', severity: 'error' },
    });
    const found: unknown = JSON.parse(await run('alert', 'query', '-o', 'json', 'service=catalog'));
    expect(found).toMatchObject([
      { labels: { alertname: 'DiskFull' }, status: { state: 'active' }, fingerprint: alert?.fingerprint },
    ]);
    expect(JSON.parse(await run('alert', 'query', '-o', 'json', 'service=other'))).toEqual([]);
  });

  it('silences, lists, and ends the silence', async () => {
    const id = (
      await run(
        'silence',
        'add',
        '--author=Ada',
        '--comment=disk is being replaced',
        '--duration=1h',
        'service=catalog'
      )
    ).trim();
    const listed: unknown = JSON.parse(await run('silence', 'query', '-o', 'json'));
    expect(listed).toMatchObject([
      {
        ...{ id, comment: 'disk is being replaced', createdBy: 'Ada', status: { state: 'active' } },
        matchers: [{ name: 'service', value: 'catalog', isRegex: false, isEqual: true }],
      },
    ]);
    const filtered = async (filter: string): Promise<unknown> =>
      JSON.parse(await run('silence', 'query', '-o', 'json', filter));
    for (const filter of ['service=catalog', 'service!=other', 'service=~cat.*', 'service!~oth.*']) {
      expect([filter, await filtered(filter)]).toMatchObject([filter, [{ id }]]);
    }
    for (const filter of ['service=other', 'service!=catalog', 'service=~oth.*', 'service!~cat.*']) {
      expect([filter, await filtered(filter)]).toEqual([filter, []]);
    }
    const suppressed: unknown = JSON.parse(await run('alert', 'query', '-o', 'json', '--silenced'));
    expect(suppressed).toMatchObject([{ status: { state: 'suppressed', silencedBy: [id] } }]);
    const [alert] = (await engine.client.call(listAlerts, { suppressed: true })).items;
    expect(alert?.suppressedBy).toEqual([{ kind: 'silence', id }]);

    await run('silence', 'expire', id);
    expect(JSON.parse(await run('silence', 'query', '-o', 'json'))).toEqual([]);
    const active: unknown = JSON.parse(await run('alert', 'query', '-o', 'json', 'service=catalog'));
    expect(active).toMatchObject([{ status: { state: 'active', silencedBy: [] } }]);
    expect((await engine.client.call(listSilences, {})).items).toMatchObject([{ id, state: 'expired' }]);
    const kinds = (await engine.client.call(listHistory, {})).items.map(({ kind }) => kind);
    expect(kinds.toReversed()).toEqual(['fired', 'suppressed', 'unsuppressed']);
  });

  it('is in the audit trail, refused calls too', async () => {
    await expect(run('silence', 'expire', 'there-is-none')).rejects.toThrow('there-is-none');
    const { items } = await engine.client.call(listAudit, {});
    expect(items.map(({ action, outcome }) => `${action} ${outcome}`).toReversed()).toEqual([
      'alertmanagerPostAlerts done',
      'alertmanagerPostSilence done',
      'alertmanagerDeleteSilence done',
      'alertmanagerDeleteSilence refused',
    ]);
  });
});
