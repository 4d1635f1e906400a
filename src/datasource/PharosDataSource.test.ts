import type { DataQueryRequest } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import {
  FakeDataSourceWithBackend,
  fakeTemplates,
  resourceCalls,
  SETTINGS,
  setResources,
} from './grafanaRuntime.fixture.ts';
import { PharosDataSource } from './PharosDataSource.ts';
import { PharosVariableSupport } from './variableSupport.ts';
import type { PharosQuery, VariableQuery } from './query.ts';

let templates: TemplateSrv = fakeTemplates({});

jest.mock('@grafana/runtime', () => ({
  get DataSourceWithBackend() {
    return FakeDataSourceWithBackend;
  },
  getTemplateSrv: () => templates,
}));

const create = () => new PharosDataSource(SETTINGS);
const query = (rest: Partial<PharosQuery>): PharosQuery => ({ refId: 'A', ...rest });

describe('queries', () => {
  it('begin as counts, with no field that a query may lack', () => {
    expect(create().getDefaultQuery()).toEqual({ queryType: 'alertCounts' });
  });

  it('run when they say what they ask, and are shown', () => {
    const runs = (rest: Partial<PharosQuery>) => create().filterQuery(query(rest));
    expect(runs({ queryType: 'alerts' })).toBe(true);
    expect(runs({ queryType: 'signals', signal: 'cpu' })).toBe(true);
    expect([runs({}), runs({ queryType: 'toString' }), runs({ queryType: 'signals' })]).toEqual([false, false, false]);
    expect(runs({ queryType: 'alerts', hide: true })).toBe(false);
  });

  it('are told in a line', () => {
    const told = (rest: Partial<PharosQuery>) => create().getQueryDisplayText(query(rest));
    expect(
      told({ queryType: 'alertCounts', groupBy: 'severity', states: ['no_data'], services: ['cart', '$service'] })
    ).toBe('Alert counts by severity · no data · cart, $service');
    expect(told({ queryType: 'signals', signal: 'latency_p95' })).toBe('p95 latency');
    expect(told({ queryType: 'signals', signal: '$signal', owners: ['shop'] })).toBe('$signal');
    expect(told({ queryType: 'history', kinds: ['severity_raised'] })).toBe('History · got worse');
    expect(told({ queryType: 'serviceMap', services: ['cart'], depth: 2, errorsOnly: true, offset: '1d' })).toBe(
      'Service map · within 2 calls · errors only · compared with 1d earlier · cart'
    );
    expect(told({})).toBe('No query yet');
  });
});

describe('variables in queries', () => {
  const filled = (rest: Partial<PharosQuery>, variables: Parameters<typeof fakeTemplates>[0], scoped = {}) => {
    templates = fakeTemplates(variables);
    const { refId, ...fields } = create().applyTemplateVariables(query(rest), scoped);
    expect(refId).toBe('A');
    return fields;
  };
  const alerts = { queryType: 'alerts', services: ['$service'] };

  it('stand for one value, or for several', () => {
    expect(filled(alerts, { service: { values: ['cart'] } }).services).toEqual(['cart']);
    expect(filled(alerts, { service: { values: ['cart', 'a, b'] } }).services).toEqual(['cart', 'a, b']);
    for (const entry of ['${service}', '${service:pipe}', '[[service]]']) {
      const asked = { ...alerts, services: [entry, 'web', 'cart'] };
      expect(filled(asked, { service: { values: ['cart', 'db'] } }).services).toEqual(['cart', 'db', 'web']);
    }
    expect(filled({ ...alerts, services: ['eu-$service'] }, { service: { values: ['cart'] } }).services).toEqual([
      'eu-cart',
    ]);
  });

  it('leave the filter out when they stand for all, or for nothing', () => {
    expect(filled(alerts, { service: { values: ['a', 'b'], isAll: true } })).toEqual({ queryType: 'alerts' });
    expect(filled(alerts, { service: { values: ['a'], isAll: true, allValue: '.*' } })).toEqual({
      queryType: 'alerts',
    });
    expect(filled(alerts, { service: { values: [] } })).toEqual({ queryType: 'alerts' });
    expect(
      filled({ ...alerts, services: ['web', '$service'] }, { service: { values: ['a', 'b'], isAll: true } })
    ).toEqual({
      queryType: 'alerts',
    });
  });

  it('stand for the one value of a repeated panel, though all are chosen for the dashboard', () => {
    const scoped = { service: { value: 'cart', text: 'cart' } };
    expect(filled(alerts, { service: { values: ['cart', 'db'], isAll: true } }, scoped).services).toEqual(['cart']);
  });

  it('work in every field, and leave alone what is none and what is unknown', () => {
    const counts = { queryType: 'alertCounts', groupBy: '$by', severities: ['$severity'], owners: ['a|b', '$nobody'] };
    expect(filled(counts, { by: { values: ['service'] }, severity: { values: ['error'] } })).toEqual({
      ...{ queryType: 'alertCounts', groupBy: 'service', severities: ['error'], owners: ['a|b', '$nobody'] },
    });
    expect(filled({ queryType: 'signals', signal: '$s' }, { s: { values: ['cpu'] } })).toEqual({
      ...{ queryType: 'signals', signal: 'cpu' },
    });
    expect(filled({ ...alerts, limit: 5, hide: false }, { service: { values: ['a'] } })).toMatchObject({
      ...{ limit: 5, hide: false },
    });
    expect(create().targetContainsTemplate(query(alerts))).toBe(true);
    expect(create().targetContainsTemplate(query({ queryType: 'status' }))).toBe(false);
  });
});

describe('names for variables and editors', () => {
  const find = (of: VariableQuery | string | undefined) => create().metricFindQuery(of);
  const page = (owners: string[], next: string | null) => ({ items: owners.map((owner) => ({ owner })), next });

  it('are the services that the engine has found, and the owners that thresholds name, page by page', async () => {
    setResources({
      'api/v1/services': () => ({ items: [{ name: 'cart' }, { name: 'Billing' }, { name: 7 }, null] }),
      'api/v1/thresholds': ({ cursor }) =>
        cursor === 'two' ? page(['payments'], null) : page(['shop', '', 'shop', 'platform'], 'two'),
    });
    expect(await find({ refId: 'v', find: 'services' })).toEqual([
      ...[
        { text: 'Billing', value: 'Billing' },
        { text: 'cart', value: 'cart' },
      ],
    ]);
    expect((await find('owners')).map(({ value }) => value)).toEqual(['payments', 'platform', 'shop']);
    expect(resourceCalls.map(({ path }) => path)).toEqual([
      ...['api/v1/services', 'api/v1/thresholds', 'api/v1/thresholds'],
    ]);
  });

  it('are known without asking where they never change', async () => {
    setResources({});
    expect((await find('severities')).map(({ value }) => value)).toEqual(['critical', 'error', 'warning', 'info']);
    expect(await find('signals')).toContainEqual({ text: 'p95 latency', value: 'latency_p95' });
    expect((await find('signals')).map(({ value }) => value)).not.toContain('log_age');
    expect((await find('states')).map(({ value }) => value)).toContain('no_data');
    expect(resourceCalls).toEqual([]);
  });

  it('say what the engine says when it refuses, and what a variable may ask for', async () => {
    setResources({
      'api/v1/services': () => Promise.reject({ status: 502, data: { detail: 'The engine does not answer.' } }),
      'api/v1/thresholds': () => Promise.reject({ status: 500, data: { message: 'plugin not found' } }),
    });
    await expect(find('services')).rejects.toThrow('The engine does not answer.');
    await expect(find('owners')).rejects.toThrow('plugin not found');
    await expect(find('teams')).rejects.toThrow(
      'A variable of Pharos lists services, owners, severities, states, signals; this one asks for "teams".'
    );
    await expect(find(undefined)).rejects.toThrow('asks for ""');
    setResources({ 'api/v1/services': () => 'nonsense' });
    expect(await find('services')).toEqual([]);
  });

  it('reach a variable as Grafana asks for them', async () => {
    setResources({ 'api/v1/services': () => ({ items: [{ name: 'cart' }] }) });
    const { variables } = create();
    if (!(variables instanceof PharosVariableSupport)) {
      throw new Error('expected support for variables');
    }
    const request = { targets: [{ refId: 'v', find: 'services' }] } as DataQueryRequest<VariableQuery>;
    expect(await lastValueFrom(variables.query(request))).toEqual({ data: [{ text: 'cart', value: 'cart' }] });
    expect(variables.getDefaultQuery()).toEqual({ find: 'services' });
  });
});

describe('annotations', () => {
  const named = { name: 'Alerts', enable: true, iconColor: 'red' };
  const support = () => {
    const { annotations } = create();
    if (annotations?.prepareAnnotation === undefined || annotations.prepareQuery === undefined) {
      throw new Error('expected support for annotations');
    }
    return { prepare: annotations.prepareAnnotation, queryOf: annotations.prepareQuery };
  };

  it('begin with what a person wants to see', () => {
    const { prepare } = support();
    const target = { queryType: 'history', kinds: ['fired', 'severity_raised', 'no_data', 'resolved'], limit: 500 };
    expect(create().annotations?.getDefaultQuery?.()).toEqual({ queryType: 'history' });
    expect(prepare(named).target).toEqual({ refId: 'Anno', ...target });
    const own = { ...named, target: query({ queryType: 'history', kinds: ['fired'] }) };
    expect(prepare(own)).toBe(own);
  });

  it('always ask for the history', () => {
    const { queryOf } = support();
    expect(queryOf({ ...named, target: query({ kinds: ['fired'] }) })).toEqual({
      ...{ refId: 'A', queryType: 'history', kinds: ['fired'] },
    });
    expect(queryOf(named)).toBeUndefined();
  });
});
