import { createTheme, ThemeContext, type PanelProps } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { fakeTemplates, type FakeVariable } from '../../datasource/grafanaRuntime.fixture.ts';
import { AlertsPanel } from './AlertsPanel.tsx';
import { DEFAULT_OPTIONS, type AlertsPanelOptions } from './options.ts';
import { alertFrame, panelData, requestOf } from './panel.fixture.ts';

let templates = fakeTemplates({});

jest.mock('../../host/grafana.tsx', () => ({
  isPublicDashboard: () => true,
  dashboardVariables: () => templates.getVariables(),
}));

type Variables = Readonly<Record<string, FakeVariable>>;

interface Shown {
  readonly variables: Variables;
  readonly search?: string;
  readonly target?: Readonly<Record<string, unknown>>;
  readonly alerts?: Parameters<typeof alertFrame>;
}

function show({ variables, search = '', target = {}, alerts = [] }: Shown): void {
  templates = fakeTemplates(variables);
  const request = requestOf({ targets: [{ refId: 'A', ...target }] });
  // Only what the panel reads of what Grafana gives.
  const props = {
    ...{ width: 900, height: 400, timeZone: 'utc', replaceVariables: templates.replace },
    data: panelData([alertFrame(...alerts)], { request }),
    options: { ...DEFAULT_OPTIONS, search, facts: [] },
  } as unknown as PanelProps<AlertsPanelOptions>;
  render(
    <ThemeContext.Provider value={createTheme()}>
      <AlertsPanel {...props} />
    </ThemeContext.Provider>
  );
}

describe('a search with a variable', () => {
  const alerts = ['cart', 'checkout', 'web'].map((service) => ({
    ...{ id: service, service, labels: { service } },
    summary: `${service}: ${service === 'web' ? 'queue is full' : 'too many errors'}`,
  }));
  const found = (variables: Variables, search = '$service'): string[] => {
    show({ variables, search, alerts });
    return screen
      .queryAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent.replace(/^Critical(\w+):.*$/, '$1'));
  };
  const ALL = ['cart', 'checkout', 'web'];

  it.each([
    ['one value', { values: ['cart'] }, ['cart']],
    ['two values', { values: ['cart', 'web'] }, ['cart', 'web']],
    ['no value', { values: [] }, ALL],
    ['All', { values: ['cart', 'web'], isAll: true }, ALL],
    ['All as ".*"', { values: ['cart'], isAll: true, allValue: '.*' }, ALL],
    ['All as ".+"', { values: ['cart', 'web'], isAll: true, allValue: '.+' }, ALL],
  ] satisfies Array<[string, FakeVariable, string[]]>)('of %s', (_what, service, expected) => {
    expect(found({ service })).toEqual(expected);
  });

  it.each(['ERRORS $service', '${service:pipe} errors', 'errors [[service]]'])(
    'holds to its other words too: %s',
    (search) => {
      expect(found({ service: { values: ['cart', 'web'] } }, search)).toEqual(['cart']);
    }
  );

  it('takes the words of a typed variable one by one, in any order', () => {
    expect(found({ typed: { values: ['errors Cart'] } }, '$typed')).toEqual(['cart']);
  });

  it('takes what is no variable as it stands', () => {
    expect(found({}, '$service')).toEqual([]);
  });
});

describe('a query whose answer is empty', () => {
  const target = { services: ['$service'], owners: ['$owner'], severities: [] };
  const all = { values: ['shop'], isAll: true, allValue: '.*' };

  it('says that nothing is open where its variables stand for all', () => {
    show({ target, variables: { service: all, owner: all } });
    expect(screen.getByRole('status')).toHaveTextContent('Nothing is open');
  });

  it.each([
    { owner: { values: ['shop'] }, service: all },
    { owner: all, service: { values: ['cart', 'web'] } },
  ])('says that no alert fits where one of them narrows: %j', (variables) => {
    show({ target, variables });
    expect(screen.getByRole('status')).toHaveTextContent('No alert matches the query');
  });

  it('says that no alert fits where a value stands beside the variable in another list', () => {
    show({ target: { ...target, severities: ['critical'] }, variables: { service: all, owner: all } });
    expect(screen.getByRole('status')).toHaveTextContent('No alert matches the query');
  });
});
