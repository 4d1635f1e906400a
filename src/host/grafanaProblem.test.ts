import { grafanaProblem } from './grafanaProblem.ts';

const nameOf = (status: number, body: unknown) => {
  const problem = grafanaProblem({ status, body }, 'pharos');
  return problem && [problem.code, problem.detail];
};

const MISSING = ['datasource_missing', 'Grafana has no data source with the uid "pharos".'] as const;
const NOT_LOADED = ['relay_missing', 'Grafana knows the data source "pharos", but has not loaded its plugin.'] as const;

describe('grafanaProblem', () => {
  it.each([
    [401, { message: 'Unauthorized' }, 'signed_out', 'Your Grafana session has ended.'],
    [403, { message: 'denied' }, 'datasource_forbidden', 'Grafana does not let you use the data source "pharos".'],
    // As Grafana 12.4.3 was seen to say it.
    [500, { message: 'Unable to load datasource meta data', traceID: '' }, ...MISSING],
    [500, { message: 'Unable to load datasource metadata' }, ...MISSING],
    [404, { message: 'Data source not found' }, ...MISSING],
    [500, { message: 'Unable to find datasource plugin' }, ...NOT_LOADED],
    [404, { statusCode: 404, messageId: 'plugin.notRegistered', message: 'Plugin not registered' }, ...NOT_LOADED],
    [
      503,
      { message: 'Plugin unavailable.' },
      'relay_unavailable',
      'The backend of the data source "pharos" did not answer: Plugin unavailable.',
    ],
    [502, '<html>', 'relay_unavailable', 'The backend of the data source "pharos" did not answer.'],
  ])('names a %d with %p', (...row) => {
    const [status, body, ...named] = row;
    expect(nameOf(status, body)).toEqual(named);
  });

  it.each([
    [403, { code: 'forbidden', detail: 'This needs the role admin.' }],
    [502, { code: 'engine_unreachable', detail: 'x' }],
    [409, { message: 'conflict' }],
  ])('leaves a %d with %p as it is', (status, body) => {
    expect(nameOf(status, body)).toBeUndefined();
  });
});
