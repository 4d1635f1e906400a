import { z } from 'zod';
import { listAlerts } from '../../src/api/alerts.ts';
import { frameQuery, queryFrames } from '../../src/api/frames.ts';
import { intakeEvents } from '../../src/api/intake.ts';
import { listServices } from '../../src/api/system.ts';
import { epochMs, hours } from '../../src/core/units.ts';
import { chosen, exprOf, readDashboards, targetsOf, type Target } from '../dashboards/readDashboards.ts';
import { eventually } from './support/eventually.ts';
import { startDemoStack, type DemoStack } from './support/startDemoStack.ts';

jest.setTimeout(400_000);

let stack: DemoStack;

beforeAll(async () => {
  stack = await startDemoStack();
  // A release is a change of versions: Prometheus must have seen the one before.
  await eventually('Prometheus knows the version of catalog', 60_000, async () => {
    const { body } = await get(`${stack.prometheus}/api/v1/query?query=build_info{service_name="catalog"}`);
    return resultSchema.parse(body).data.result[0];
  });
  // A release that goes bad and a slow service: what the panels for failures and for releases are there for.
  await stack.fault({ fault: 'bad-release', service: 'catalog' });
  await stack.fault({ fault: 'latency', service: 'checkout', value: '1s' });
});
afterAll(() => stack?.dispose());

interface Asked {
  /** Dashboard and panel, for the message of a test that fails. */
  readonly where: string;
  readonly expr: string;
  readonly target: Target;
}

/** What Grafana puts in for a viewer who has chosen all services and the last hour. */
const FILLED_IN: ReadonlyArray<readonly [string, string]> = [
  ['$__rate_interval', '1m'],
  ['$__range', '1h'],
  ['$__auto', '15s'],
  ['${service:pipe}', '.+'],
  ['$service', '.+'],
  ['$search', ''],
];

function fillIn(expr: string): string {
  const filled = FILLED_IN.reduce((text, [variable, value]) => text.replaceAll(variable, value), expr);
  if (filled.includes('$')) {
    throw new Error(`The test has no value for a variable in ${filled}`);
  }
  return filled;
}

const askedOf = (type: string): readonly Asked[] =>
  readDashboards().flatMap((board) =>
    targetsOf(board, type)
      .filter(({ target }) => target['queryType'] !== 'serviceMap')
      .map(({ where, target }) => ({ where: `${board.title}: ${where}`, expr: fillIn(exprOf(target)), target }))
  );

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function get(url: string): Promise<Answer> {
  const response = await fetch(url);
  const text = await response.text();
  return { status: response.status, body: response.ok ? JSON.parse(text) : text };
}

const seconds = (): number => Math.floor(Date.now() / 1000);

function askPrometheus({ expr, target }: Asked): Promise<Answer> {
  const query = new URLSearchParams({ query: expr });
  if (target['instant'] === true) {
    return get(`${stack.prometheus}/api/v1/query?${query}`);
  }
  const range = new URLSearchParams({ start: String(seconds() - 300), end: String(seconds()), step: '15' });
  return get(`${stack.prometheus}/api/v1/query_range?${query}&${range}`);
}

const resultSchema = z.object({ data: z.object({ result: z.array(z.unknown()) }) });
/** NaN is no answer that anybody can read: a ratio of nothing to nothing. */
const hasNumbers = (series: unknown): boolean =>
  /"-?(\d|\+?Inf)/.test(JSON.stringify(series).replace(/"metric":\{.*?\}/, ''));
const resultOf = ({ body }: Answer): readonly unknown[] => resultSchema.parse(body).data.result.filter(hasNumbers);

/** Empty on a good day, or on a machine without node_exporter. */
const MAY_BE_EMPTY = ['Pharos / Infrastructure: Free space', 'Pharos / Engine: Firing'];

/** Made by Tempo from traces. */
const needsTempo = ({ expr }: Asked): boolean => /\btraces_(spanmetrics|service_graph)/.test(expr);

async function allAnswer(asked: readonly Asked[], ask: (one: Asked) => Promise<readonly unknown[]>): Promise<void> {
  const empty = new Set(asked);
  await eventually('every query has had an answer', 180_000, async () => {
    for (const one of empty) {
      if ((await ask(one)).length > 0) {
        empty.delete(one);
      }
    }
    if (empty.size > 0) {
      throw new Error(`nothing yet for ${[...empty].map(({ where, expr }) => `${where} (${expr})`).join('; ')}`);
    }
    return true;
  });
}

describe('PromQL', () => {
  const asked = askedOf('prometheus');

  it('of every panel is understood', async () => {
    expect(asked.length).toBeGreaterThan(80);
    for (const one of asked) {
      const { status, body } = await askPrometheus(one);
      expect([one.where, status, status === 200 ? '' : body]).toEqual([one.where, 200, '']);
    }
  });

  it('of every panel finds what it shows, while the shop is in trouble', async () => {
    const answered = asked.filter(
      (one) => !MAY_BE_EMPTY.includes(one.where) && (stack.tempo !== undefined || !needsTempo(one))
    );
    const event = { labels: { alertname: 'BackupFailed', service: 'catalog' }, severity: 'info' };
    await allAnswer(answered, async (one) => {
      if (one.expr.includes('/api/v1/intake/')) {
        // A rate has a quantile only while something comes in.
        await stack.client.call(intakeEvents, { events: [event] });
      }
      return resultOf(await askPrometheus(one));
    });
  });

  it('fills the variable of every dashboard that has one of Prometheus', async () => {
    const definitions = readDashboards().flatMap(({ templating }) =>
      templating.list.flatMap(({ definition }) =>
        /^label_values/.test(String(definition)) ? [String(definition)] : []
      )
    );
    expect(definitions).toHaveLength(1);
    for (const definition of definitions) {
      const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
      const match = new URLSearchParams({ 'match[]': selector });
      const { body } = await get(`${stack.prometheus}/api/v1/label/${label}/values?${match}`);
      expect(z.object({ data: z.array(z.string()) }).parse(body).data).toEqual(
        expect.arrayContaining(['cart', 'catalog', 'checkout', 'payments', 'storefront'])
      );
    }
  });
});

describe('what Pharos itself answers', () => {
  const PHAROS = 'pharos-observability-datasource';
  const targets = readDashboards().flatMap((board) =>
    targetsOf(board, PHAROS).map(({ where, target }) => ({ where: `${board.title}: ${where}`, target }))
  );

  const ask = async (query: unknown) => {
    const to = epochMs(Date.now());
    const { results } = await stack.client.call(queryFrames, {
      ...{ from: epochMs(to - hours(1)), to, fromAlert: false },
      queries: [{ refId: 'A', query: frameQuery.encode(frameQuery.parse(query)) }],
    });
    return results[0];
  };
  const asksTempo = ({ target }: (typeof targets)[number]): boolean => /^trace/.test(String(target['queryType']));

  it('is understood in every panel and annotation, with values of its variables and with all of them', async () => {
    expect(targets.length).toBeGreaterThan(20);
    for (const one of targets.filter((target) => stack.tempo !== undefined || !asksTempo(target))) {
      for (const values of [{}, { service: 'checkout', severity: 'critical', owner: 'shop' }]) {
        const result = await ask(chosen(one.target, values));
        expect([one.where, result?.error]).toEqual([one.where, null]);
      }
    }
  });

  it('is narrowed by the variables, and marks what fired', async () => {
    const labels = { alertname: 'DiskFull', service: 'catalog', owner: 'shop' };
    await stack.client.call(intakeEvents, { events: [{ labels, severity: 'error' }] });
    const rows = async (queryType: string, values: Readonly<Record<string, string>>): Promise<number> => {
      const found = targets.find(
        ({ where, target }) => target['queryType'] === queryType && where.startsWith('Pharos / Alert operations')
      );
      const result = found && (await ask(chosen(found.target, values)));
      return JSON.stringify(result?.frames).split('DiskFull').length - 1;
    };
    await eventually('the alert is there', 30_000, async () => (await rows('alerts', {})) > 0 || undefined);
    for (const values of [{ service: 'catalog' }, { severity: 'error' }, { owner: 'shop' }]) {
      expect([values, (await rows('alerts', values)) > 0]).toEqual([values, true]);
    }
    for (const values of [{ service: 'cart' }, { severity: 'critical' }, { owner: 'ops' }]) {
      expect([values, await rows('alerts', values)]).toEqual([values, 0]);
    }
    expect(await rows('history', { service: 'catalog' })).toBeGreaterThan(0);
    expect(await rows('history', { service: 'cart' })).toBe(0);
  });

  it('lists services that serve no HTTP too', async () => {
    const names = (await stack.client.call(listServices, {})).items.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['cart', 'checkout', 'loadgen', 'storefront', 'worker']));
  });
});

describe('the rules on the engine', () => {
  it('are all evaluated without an error', async () => {
    const { body } = await get(`${stack.prometheus}/api/v1/rules`);
    const { data } = z
      .object({
        data: z.object({
          groups: z.array(
            z.object({ name: z.string(), rules: z.array(z.object({ name: z.string(), health: z.string() })) })
          ),
        }),
      })
      .parse(body);
    const rules = data.groups.find(({ name }) => name === 'pharos-engine')?.rules ?? [];
    expect(rules).toHaveLength(9);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('keep the dead man’s switch firing, and out of the engine', async () => {
    await eventually('the dead man’s switch fires', 60_000, async () => {
      const { body } = await get(`${stack.prometheus}/api/v1/alerts`);
      const { data } = z
        .object({ data: z.object({ alerts: z.array(z.object({ labels: z.record(z.string(), z.string()) })) }) })
        .parse(body);
      return data.alerts.find(({ labels }) => labels['alertname'] === 'PharosDeadMansSwitch');
    });
    const { items } = await stack.client.call(listAlerts, {});
    expect(items.filter(({ labels }) => labels['alertname'] === 'PharosDeadMansSwitch')).toEqual([]);
  });
});

describe('LogQL and TraceQL', () => {
  it('of every panel are understood and find something, where Loki and Tempo are', async () => {
    const { loki, tempo } = stack;
    const range = (): string => `start=${seconds() - 300}&end=${seconds() + 5}&limit=20`;
    if (loki !== undefined) {
      const asked = askedOf('loki');
      expect(asked).toHaveLength(2);
      await allAnswer(asked, async ({ expr }) => {
        const answer = await get(`${loki}/loki/api/v1/query_range?query=${encodeURIComponent(expr)}&${range()}`);
        expect([expr, answer.status]).toEqual([expr, 200]);
        return resultOf(answer);
      });
    }
    if (tempo !== undefined) {
      const asked = askedOf('tempo');
      expect(asked).toHaveLength(2);
      await allAnswer(asked, async ({ expr }) => {
        const { status, body } = await get(`${tempo}/api/search?q=${encodeURIComponent(expr)}&${range()}`);
        expect([expr, status]).toEqual([expr, 200]);
        return z.object({ traces: z.array(z.unknown()).default([]) }).parse(body).traces;
      });
    }
  });
});
