import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { commandNames } from '../../cli/commands.ts';
import { faultNames, parseFault } from '../../demo/faults/fault.ts';
import { ALERTMANAGER_OPERATIONS } from '../../server/alertmanager/addAlertmanagerRoutes.ts';
import { EngineError } from '../../server/errors.ts';
import { problemOf } from '../../server/http/problem.ts';
import { OPERATIONS } from '../../server/operations/table.ts';
import { RECEIVERS } from '../../server/receivers/receivers.ts';
import { SOURCE_KINDS, TOKEN_SCOPES } from '../../src/api/access.ts';
import { deliverySchema } from '../../src/api/alerts.ts';
import { ApiError } from '../../src/api/apiError.ts';
import { FRAME_QUERY_TYPES } from '../../src/api/frames.ts';
import { PROBLEM_CODES } from '../../src/api/problem.ts';
import { ALERT_SOURCES, ALERT_STATES } from '../../src/core/alerts/alert.ts';
import { TRANSITION_KINDS } from '../../src/core/alerts/transition.ts';
import { ROLES } from '../../src/core/identity.ts';
import { HEALTH_STATES } from '../../src/core/services/service.ts';
import { SIGNALS } from '../../src/core/signals/catalogue.ts';
import { ASYNC_REASONS } from '../../src/core/traces/blocking.ts';
import { criticalPath } from '../../src/core/traces/criticalPath.ts';
import { drawTrace } from '../../src/core/traces/drawTrace.fixture.ts';
import { ERROR_ENDS } from '../../src/core/traces/errorSpread.ts';
import { SPAN_FIELDS } from '../../src/core/traces/filter/parseSpanFilter.ts';
import { operationOf } from '../../src/core/traces/spanFields.ts';
import { SIGNAL_METRICS } from '../../src/queries/promql/signalQuery.ts';
import { blocksOf, codeWords, firstColumn, GUIDE, readText, root, tableOf } from './guidePages.ts';
import { isFileSetting, knownSettings } from './knownSettings.ts';

const page = (name: string): string => readText(`docs/guide/${name}.md`);
const all = GUIDE.map(readText).join('\n');
const sorted = (words: Iterable<string>): string[] => [...words].toSorted();

/** Set for Grafana by the stack, and for the command line by whoever calls it; none of them is the engine's. */
const foreign = new Set(
  [
    ...globSync('provisioning/**/*.yaml', { cwd: root }),
    ...['docker-compose.yaml', 'stack/grafana.ts', 'cli/api.ts', 'cli/engineEnvironment.ts'],
  ].flatMap((file) => readText(file).match(/PHAROS_[A-Z_]*[A-Z]/g) ?? [])
);

describe('the guide', () => {
  it('is found', () => {
    expect(GUIDE).toContain('docs/guide/index.md');
    expect(GUIDE.filter((file) => !page('index').includes(`(${path.basename(file)})`))).toEqual([
      'docs/guide/index.md',
    ]);
  });

  it('names only settings that exist', () => {
    const settings = new Set(knownSettings());
    expect(settings).toContain('PHAROS_RETENTION');
    const named = sorted(new Set(all.match(/PHAROS_[A-Z_]*[A-Z]/g)));
    expect(named.filter((name) => !settings.has(name) && !isFileSetting(name) && !foreign.has(name))).toEqual([]);
  });

  it('calls only commands that exist', () => {
    const called = [...all.matchAll(/(?:npm run pharos -- |pharos\.mjs |cli\/main\.ts )([\w-]+)/g)];
    expect(called.length).toBeGreaterThan(20);
    expect(called.map(([, name = '']) => name).filter((name) => !commandNames.includes(name))).toEqual([]);
    const operations = OPERATIONS.map(({ contract }) => contract.name);
    const asked = [...all.matchAll(/pharos -- api (\w+)/g)].map(([, name = '']) => name);
    expect(asked.filter((name) => !operations.includes(name))).toEqual([]);
  });

  it('puts only faults on the demo that it has, and shows each', () => {
    const words = [...all.matchAll(/npm run demo -- fault ([^`\n]+)/g)].map(([, text = '']) => text.split(' '));
    const refused = words
      .map(([fault, service, value]) => parseFault({ fault, service, value }))
      .filter((parsed) => typeof parsed === 'string');
    expect(refused).toEqual([]);
    expect(firstColumn(page('tutorial'), 'Fault')).toEqual(sorted(faultNames));
  });

  it('names only addresses that the engine answers', () => {
    const templates = [...OPERATIONS, ...ALERTMANAGER_OPERATIONS].map(({ contract }) => ({
      method: contract.method,
      pattern: new RegExp(`^${contract.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    }));
    const openApi = { method: 'GET', pattern: /^\/api\/v1\/openapi\.json$/ };
    const named = [...all.matchAll(/(?:\b(GET|POST|PUT|PATCH|DELETE) )?(?:\$\w+)?(\/api\/v[12]\/[\w./$-]*[\w])/g)];
    expect(named.length).toBeGreaterThan(20);
    const unknown = named.filter(
      ([, method, address = '']) =>
        ![...templates, openApi].some(
          (known) => known.pattern.test(address) && (method === undefined || method === known.method)
        )
    );
    expect(unknown.map(([text]) => text)).toEqual([]);
  });

  it.each(GUIDE)('%s: JSON and YAML can be read', (file) => {
    const text = readText(file);
    const json = blocksOf(text, 'json').map((block) => () => JSON.parse(block) as unknown);
    json.forEach((read) => expect(read).not.toThrow());
    const errors = blocksOf(text, 'yaml').flatMap((block) => parseAllDocuments(block).flatMap((one) => one.errors));
    expect(errors).toEqual([]);
  });

  it.each(GUIDE)('%s: links lead to headings that are there', (file) => {
    const slug = (heading: string): string =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s/g, '-');
    const broken = [...readText(file).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)].filter(([, to = '', anchor]) => {
      const target = to === '' ? file : path.join(path.dirname(file), to);
      const headings = existsSync(path.join(root, target)) ? readText(target).matchAll(/^#+ (.+)$/gm) : [];
      return ![...headings].some(([, heading = '']) => slug(heading) === anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe('the tables of the guide have each word of the code, and no other', () => {
  const tables: ReadonlyArray<readonly [name: string, header: string, words: Iterable<string>]> = [
    ['overview', 'State | When', HEALTH_STATES],
    ['alerts', 'State | Meaning', ALERT_STATES],
    ['alerts', 'Source | Where', ALERT_SOURCES],
    ['alerts', 'Kind | What happened', TRANSITION_KINDS],
    ['thresholds', 'Signal | Unit', SIGNALS.map(({ name }) => name)],
    ['notifications', 'Kind | Settings', Object.keys(RECEIVERS)],
    ['notifications', 'Kind | When', deliverySchema.shape.kind.options],
    ['sources', 'Kind | Setting', SOURCE_KINDS],
    ['trace', 'Field | Is', SPAN_FIELDS],
    ['critical-path', 'Rule | The parent', ASYNC_REASONS],
    ['critical-path', 'End | What became', ERROR_ENDS],
    ['access', 'Role | May', ROLES],
    ['command-line', 'Command | Does', commandNames],
    ['api', 'Scope | Role', TOKEN_SCOPES],
    ['api', 'Code | Status', PROBLEM_CODES],
    ['grafana', 'Query type', FRAME_QUERY_TYPES],
  ];

  it.each(tables)('%s.md, %s', (name, header, words) => {
    expect(firstColumn(page(name), header)).toEqual(sorted(words));
  });

  it('thresholds.md: unit and side of each signal', () => {
    const said = tableOf(page('thresholds'), 'Signal | Unit').map((cells) => cells.slice(0, 3).join(' '));
    expect(said).toEqual(SIGNALS.map(({ name, unit, direction }) => `\`${name}\` \`${unit}\` ${direction}`));
  });

  it('notifications.md: settings of each receiver', () => {
    const said = tableOf(page('notifications'), 'Kind | Settings').map(([kind = '', settings = '']) => [
      ...codeWords(kind),
      ...codeWords(settings).toSorted(),
    ]);
    const fields = Object.entries(RECEIVERS).map(([kind, receiver]) => [
      kind,
      ...sorted(receiver.fields.map(({ name }) => name)),
    ]);
    expect(said).toEqual(fields);
  });

  it('api.md: status of each error', () => {
    const said = tableOf(page('api'), 'Code | Status').map(([code = '', status]) => [...codeWords(code), status]);
    const sent = PROBLEM_CODES.map((code) => [code, String(problemOf(new EngineError(code, ''), '').status)]);
    expect(said.toSorted()).toEqual(sent.toSorted());
  });

  it('sources.md: every metric that a signal can come from', () => {
    const named = new Set(firstColumn(page('sources'), 'Metrics | Signals'));
    const base = (metric: string): string => metric.replace(/_(bucket|count)$/, '');
    expect([...SIGNAL_METRICS].filter((metric) => !named.has(metric) && !named.has(base(metric)))).toEqual([]);
    const known = new Set([...SIGNAL_METRICS].flatMap((metric) => [metric, base(metric)]));
    expect([...named].filter((metric) => !known.has(metric))).toEqual([]);
  });

  it('grafana.md: codes of the data source, dashboards, plugins and links', () => {
    const text = page('grafana');
    const codes = firstColumn(text, 'Code | What is wrong');
    expect(codes.map((code) => new ApiError({ code, status: 0, message: '' }).code)).toEqual(codes);
    const titles = globSync('dashboards/*.json', { cwd: root }).map((file) => titleOf(readText(file)));
    expect(firstColumn(text, 'Dashboard')).toEqual(sorted(titles));
    const manifests = globSync('src/**/plugin.json', { cwd: root }).map(readText);
    const ids = manifests.map((manifest) => /"id": "([^"]+)"/.exec(manifest)?.[1] ?? '');
    const [, unsigned = ''] = /allow_loading_unsigned_plugins = (.*)/.exec(text) ?? [];
    expect(sorted(unsigned.split(','))).toEqual(sorted(ids));
    const links = [...readText('src/plugin.json').matchAll(/"title": "([^"]+)"/g)].map(([, title = '']) => title);
    expect(links.filter((title) => !text.includes(`**${title}**`))).toEqual([]);
  });

  it('critical-path.md: the path of the example', () => {
    const text = page('critical-path');
    const word = (cell = ''): string => codeWords(cell)[0] ?? '';
    const spans = tableOf(text, 'Span | Parent').map(([id, parent, from, to]) => ({
      ...{ id: word(id), from: Number(from), to: Number(to) },
      ...(word(parent) === '' ? {} : { parent: word(parent) }),
    }));
    const trace = drawTrace(spans, 1000);
    const path = criticalPath(trace).sections.map(({ span, startNs, endNs }) => [
      `${startNs / 1000}–${endNs / 1000}`,
      operationOf(trace, span),
    ]);
    expect(tableOf(text, 'Section | Held').map(([section, by]) => [section, word(by)])).toEqual(path);
  });

  it('operations.md: alerts that are shipped', () => {
    const shipped = readText('stack/config/rules/pharos.yml').matchAll(/- alert: (\w+)/g);
    expect(firstColumn(page('operations'), 'Alert | It means')).toEqual(
      sorted([...shipped].map(([, name = '']) => name))
    );
  });

  it('alerts.md: keys of the list', () => {
    const source = readText('src/pages/Alerts/open/useAlertKeys.ts').split('] as const')[0] ?? '';
    const keys = [...source.matchAll(/\['(.+?)', t\(/g)].map(([, key = '']) => key);
    expect(keys).toContain('Escape');
    expect(firstColumn(page('alerts'), 'Key | Does')).toEqual(sorted(keys));
  });
});

const titleOf = (dashboard: string): string => String(Object(JSON.parse(dashboard)).title);
