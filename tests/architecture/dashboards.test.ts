import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../server/metrics.ts';
import { ALERT_COLUMNS, frameQuery, HISTORY_COLUMNS } from '../../src/api/frames.ts';
import {
  chosen,
  exprOf,
  objectsIn,
  readDashboards,
  targetsOf,
  type Dashboard,
  type Panel,
} from '../dashboards/readDashboards.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const boards = readDashboards();
const each = boards.map((board) => [board.file, board] as const);

const PHAROS = 'pharos-observability-datasource';

/** Panels of Grafana's core that we use, and ours. `pharos-alerts-panel` comes with the app. */
const panelTypes = new Set([
  ...['row', 'timeseries', 'stat', 'table', 'logs', 'heatmap', 'bargauge', 'state-timeline', 'nodeGraph'],
  'pharos-alerts-panel',
  ...globSync('src/panels/*/plugin.json', { cwd: root }).map(
    (file) => z.object({ id: z.string() }).parse(JSON.parse(read(file))).id
  ),
]);

/** Panels that show numbers, which mean nothing without a unit. */
const NUMERIC = ['timeseries', 'stat', 'bargauge', 'state-timeline'];

const provisioned = new Map(
  z
    .object({ datasources: z.array(z.object({ uid: z.string(), type: z.string() })) })
    .parse(parse(read('provisioning/datasources/stores.yaml')))
    .datasources.map(({ uid, type }) => [uid, type])
);

/** What a variable of Pharos lists, by its name. */
const LISTS = new Map([
  ['service', 'services'],
  ['severity', 'severities'],
  ['owner', 'owners'],
]);

/** Variables that Grafana or one of its data sources fills in. */
const BUILT_IN = /^__(?:rate_interval|interval|interval_ms|range|auto|from|to|field|data|value|all)$/;

const overlap = (a: Panel['gridPos'], b: Panel['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

it('are the six that the documentation promises, each with a uid and a title of its own', () => {
  expect(boards.map(({ uid }) => uid)).toEqual([
    'pharos-alert-operations',
    'pharos-infrastructure',
    'pharos-engine',
    'pharos-service-map',
    'pharos-services',
    'pharos-traces',
  ]);
  expect(new Set(boards.map(({ title }) => title)).size).toBe(boards.length);
});

describe.each(each)('%s', (_file, board: Dashboard) => {
  it('is Classic JSON that any Grafana from 12.4 on can be provisioned with', () => {
    expect(board.schemaVersion).toBe(42);
    expect(board.json).not.toHaveProperty('id');
    expect(board.json).not.toHaveProperty('__inputs');
    expect(board.tags).toContain('pharos');
  });

  it('asks only data sources that are provisioned, by their uid', () => {
    const asked = [...objectsIn(board.json)].flatMap(({ datasource }) =>
      datasource === undefined ? [] : [datasource]
    );
    expect(asked.length).toBeGreaterThan(board.panels.length);
    for (const source of asked) {
      const { uid, type } = z.object({ uid: z.string(), type: z.string() }).parse(source);
      expect([uid, type]).toEqual([uid, uid === '-- Grafana --' ? 'grafana' : provisioned.get(uid)]);
    }
  });

  it('has panels of known types, with numbers of their own', () => {
    expect(board.panels.map(({ type }) => type).filter((type) => !panelTypes.has(type))).toEqual([]);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    for (const { title, targets } of board.panels) {
      expect([title, new Set(targets.map(({ refId }) => refId)).size]).toEqual([title, targets.length]);
    }
  });

  it('says of every panel what it shows, and in which unit', () => {
    const shown = board.panels.filter(({ type }) => type !== 'row');
    expect(shown.filter(({ description }) => description === undefined).map(({ title }) => title)).toEqual([]);
    const numeric = shown.filter(({ type }) => NUMERIC.includes(type));
    expect(numeric.filter((one) => one.fieldConfig?.defaults.unit === undefined).map(({ title }) => title)).toEqual([]);
  });

  it('lays its panels out in 24 columns, none over another', () => {
    for (const [index, { title, gridPos, type }] of board.panels.entries()) {
      expect([title, gridPos.x >= 0 && gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
      expect([title, type === 'row' ? gridPos.w : 24]).toEqual([title, 24]);
      const covered = board.panels.slice(index + 1).filter((other) => overlap(gridPos, other.gridPos));
      expect([title, covered.map((other) => other.title)]).toEqual([title, []]);
    }
  });

  it('uses the variables that it defines, and no others', () => {
    const text = JSON.stringify({ ...board, json: null, templating: null });
    const used = new Set([...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name));
    const defined = board.templating.list.map(({ name }) => name);
    expect([...used].filter((name) => !BUILT_IN.test(name) && !defined.includes(name))).toEqual([]);
    expect(defined.filter((name) => !used.has(name))).toEqual([]);
  });

  it('lists what its Pharos variables may ask for, and filters by each of them', () => {
    const ours = board.templating.list.filter(({ datasource }) => JSON.stringify(datasource)?.includes(PHAROS));
    for (const { name, query, definition, includeAll, allValue } of ours) {
      // Without it, "All" of a list with one value is that value, and hides whatever has none.
      expect([name, includeAll === true && !/^\.[*+]$/.test(allValue ?? '')]).toEqual([name, false]);
      expect([name, LISTS.get(name), definition]).toEqual([name, Object(query).find, Object(query).find]);
      const filtered = targetsOf(board, PHAROS).filter(({ target }) => JSON.stringify(target).includes(`"$${name}"`));
      expect([name, filtered.length > 0]).toEqual([name, true]);
    }
  });

  it('names its colours, so that the theme can choose the shade', () => {
    const text = read(board.file);
    expect(text.match(/#[0-9a-fA-F]{3,8}\b|rgba?\(/g)).toBeNull();
    const steps = board.panels.flatMap(({ fieldConfig }) => fieldConfig?.defaults.thresholds?.steps ?? []);
    const known = ['transparent', 'green', 'yellow', 'orange', 'red', 'blue', 'purple'];
    expect(steps.map(({ color }) => color).filter((color) => !known.includes(color))).toEqual([]);
  });

  it('leads to the other dashboards, and to pages that the app has', () => {
    const { includes } = z
      .object({ includes: z.array(z.object({ type: z.string(), path: z.string().optional() })) })
      .parse(JSON.parse(read('src/plugin.json')));
    const pages = includes.filter(({ type }) => type === 'page').map(({ path: page }) => page?.split('/').at(-1));
    const linked = [...read(board.file).matchAll(/"\/a\/pharos-observability-app\/([\w-]+)/g)].map(([, page]) => page);
    expect(linked).toContain('alerts');
    expect(linked.filter((page) => !pages.includes(page))).toEqual([]);
    expect(board.links).toContainEqual(expect.objectContaining({ type: 'dashboards', tags: ['pharos'] }));
  });

  it('asks Pharos what its contract knows, and shows columns that its answers have', () => {
    for (const { where, target } of targetsOf(board, PHAROS)) {
      const query = chosen(target, { service: 'checkout', severity: 'critical', owner: 'shop' });
      // What the contract does not know it would leave out in silence: the panel would show too much.
      expect([where, frameQuery.encode(frameQuery.parse(query))]).toEqual([where, expect.objectContaining(query)]);
    }
    const tables = board.panels.filter(
      ({ type, targets: [first] }) => type === 'table' && first?.datasource.type === PHAROS
    );
    for (const table of tables) {
      const known: readonly string[] = table.targets[0]?.['queryType'] === 'history' ? HISTORY_COLUMNS : ALERT_COLUMNS;
      const named = [...objectsIn(table)].flatMap(({ id, options, excludeByName }) => [
        ...(id === 'byName' ? [String(options)] : []),
        ...Object.keys(excludeByName ?? {}),
      ]);
      expect([table.title, named.filter((name) => !known.includes(name))]).toEqual([table.title, []]);
    }
  });
});

it('draw and watch only metrics that the engine has', async () => {
  const metrics = new Set((await createMetrics().registry.getMetricsAsJSON()).map(({ name }) => name));
  const queries = boards.flatMap((board) => targetsOf(board, 'prometheus').map(({ target }) => exprOf(target)));
  const text = [...queries, read('stack/config/rules/pharos.yml')].join('\n');
  const named = new Set([...text.matchAll(/\bpharos_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, '')));
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((name) => !metrics.has(name))).toEqual([]);
});
