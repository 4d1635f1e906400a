import { CoreApp } from '@grafana/data';
import { screen, waitFor } from '@testing-library/react';
import type { PharosQuery, VariableQuery } from '../query.ts';
import { AnnotationEditor } from './AnnotationEditor.tsx';
import { fakeApi, giveElementsASize, renderEditor } from './editors.fixture.tsx';
import { QueryEditor } from './QueryEditor.tsx';
import { QueryHelp } from './QueryHelp.tsx';
import { VariableEditor } from './VariableEditor.tsx';

jest.setTimeout(20_000);
beforeAll(giveElementsASize);

const services = () => Promise.resolve(['cart', 'checkout'].map((name) => ({ text: name, value: name })));

interface Options {
  readonly app?: CoreApp;
  readonly api?: Parameters<typeof fakeApi>[0];
  readonly editor?: typeof QueryEditor;
}

function open(
  query: Partial<PharosQuery>,
  { app = CoreApp.Dashboard, api = { findNames: services }, editor: Editor = QueryEditor }: Options = {}
) {
  const onRunQuery = jest.fn();
  const datasource = fakeApi(api);
  const initial: PharosQuery = { refId: 'A', ...query };
  const rendered = renderEditor(initial, ({ value, onChange }) => (
    <Editor {...{ app, datasource, onChange, onRunQuery }} query={value} />
  ));
  return { ...rendered, onRunQuery };
}

/** The description of a field is part of its label. */
const input = (name: string) => screen.findByRole('combobox', { name: new RegExp(`^${name}`) });

async function choose(user: ReturnType<typeof open>['user'], name: string, option: string | RegExp) {
  await user.click(await input(name));
  await user.click(await screen.findByRole('option', { name: option }));
}

it('says what comes back, and shows only the fields that matter', async () => {
  const { user, changes, onRunQuery } = open({ queryType: 'alertCounts' });
  expect(screen.getByText(/How many alerts were open over the time range/)).toBeInTheDocument();
  expect(await input('Query type')).toHaveValue('Alert counts');
  expect(screen.getAllByRole('combobox')).toHaveLength(7);
  await choose(user, 'Query type', /^Signals/);
  expect(changes).toEqual([{ refId: 'A', queryType: 'signals' }]);
  expect(onRunQuery).toHaveBeenCalledTimes(1);
  expect(screen.getByText(/one series per service/)).toBeInTheDocument();
  expect(await input('Signal')).toHaveAttribute('placeholder', 'Choose a signal');
  expect(screen.queryByRole('combobox', { name: 'Severities' })).not.toBeInTheDocument();
});

it('keeps what the next type can use, and what is not of Pharos', async () => {
  const { user, changes } = open({
    ...{ queryType: 'alerts', states: ['resolved', 'firing', '$state'], services: ['cart'], limit: 20, key: 'Q-1' },
    datasource: { uid: 'pharos' },
  });
  await choose(user, 'Query type', /^Alert counts/);
  expect(changes[0]).toEqual({
    ...{ refId: 'A', key: 'Q-1', datasource: { uid: 'pharos' } },
    ...{ queryType: 'alertCounts', states: ['firing', '$state'], services: ['cart'] },
  });
});

it('lists the services that there are now, and the variables of the dashboard; an empty list leaves no trace', async () => {
  const { user, changes } = open(
    { queryType: 'signals', signal: 'cpu' },
    { api: { findNames: services, variableNames: () => ['$service'] } }
  );
  expect(await input('Signal')).toHaveValue('CPU');
  await choose(user, 'Services', 'cart');
  // The list stays open for the next choice.
  await user.click(await screen.findByRole('option', { name: /^\$service/ }));
  expect(changes.at(-1)?.services).toEqual(['cart', '$service']);
  await user.click(screen.getByRole('button', { name: /remove cart/i }));
  await user.click(screen.getByRole('button', { name: /remove \$service/i }));
  expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'signals', signal: 'cpu' });
});

it('takes a service that is yet to appear', async () => {
  const { user, changes } = open({ queryType: 'signals', signal: 'cpu' });
  await user.type(await input('Services'), 'billing');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(changes.at(-1)?.services).toEqual(['billing']);
});

it('says why the list of services is empty, and still takes a name', async () => {
  open(
    { queryType: 'signals' },
    { api: { findNames: () => Promise.reject(new Error('The engine does not answer.')) } }
  );
  expect(
    await screen.findByText('The list could not be loaded; type a name instead: The engine does not answer.')
  ).toBeInTheDocument();
  expect(await input('Services')).toBeEnabled();
});

it('offers a rule only what it can judge, and says what to do where a table was asked for', async () => {
  const { user } = open({ queryType: 'alerts' }, { app: CoreApp.UnifiedAlerting });
  expect(screen.getByText('Alerts is a table, which an alert rule cannot evaluate')).toBeInTheDocument();
  await user.click(await input('Query type'));
  const offered = (await screen.findAllByRole('option')).map((option) => option.textContent);
  expect(offered.map((text) => /^(Alert counts|Signals|Status|Alerts|History)/.exec(text ?? '')?.[0])).toEqual([
    ...['Alert counts', 'Signals', 'Status'],
  ]);
});

it('limits a trace by its spans, and does not take a limit of rows for one', async () => {
  const { user, changes } = open({ queryType: 'traces', limit: 20 });
  expect(await screen.findByRole('textbox', { name: 'Row limit' })).toHaveValue('20');
  await choose(user, 'Query type', /^One trace/);
  expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'trace' });
  const limit = screen.getByRole('textbox', { name: 'Span limit' });
  expect(limit).toHaveValue('');
  await user.type(limit, '100001{Enter}');
  expect(screen.getByText('Enter a number from 1 to 100000.')).toBeInTheDocument();
  await user.clear(limit);
  await user.type(limit, '20000{Enter}');
  expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'trace', limit: 20_000 });
});

it('asks with a limit once it is whole and within bounds', async () => {
  const { user, changes, onRunQuery } = open({ queryType: 'history' });
  const limit = await screen.findByRole('textbox', { name: 'Row limit' });
  await user.type(limit, '0');
  await user.tab();
  expect(screen.getByText('Enter a number from 1 to 10000.')).toBeInTheDocument();
  expect(changes).toEqual([]);
  await user.clear(limit);
  await user.type(limit, '250{Enter}');
  expect(changes).toEqual([{ refId: 'A', queryType: 'history', limit: 250 }]);
  await user.clear(limit);
  await user.tab();
  expect(changes.at(-1)).toEqual({ refId: 'A', queryType: 'history' });
  expect(onRunQuery).toHaveBeenCalledTimes(2);
});

it('asks of a service map how far around, what fails, and compared with when', async () => {
  const { user, changes } = open({ queryType: 'serviceMap', services: ['cart'] });
  const depth = await screen.findByRole('textbox', { name: /^Calls away/ });
  await user.type(depth, '21{Enter}');
  expect(await screen.findByText('Enter a number from 1 to 20.')).toBeInTheDocument();
  await user.clear(depth);
  await user.type(depth, '2{Enter}');
  const before = screen.getByRole('textbox', { name: /^Comparison offset/ });
  expect(before).toHaveAttribute('placeholder', 'no comparison');
  await user.type(before, '1d{Enter}');
  await user.click(screen.getByRole('checkbox', { name: /^Errors only/ }));
  const asked = { refId: 'A', queryType: 'serviceMap', services: ['cart'], depth: 2, offset: '1d' };
  expect(changes.at(-1)).toEqual({ ...asked, errorsOnly: true });
  await user.click(screen.getByRole('checkbox', { name: /^Errors only/ }));
  expect(changes.at(-1)).toEqual(asked);
});

it('waits for a choice where there is no query yet', async () => {
  open({});
  expect(screen.getByText('Choose a query type.')).toBeInTheDocument();
  expect(screen.getAllByRole('combobox')).toHaveLength(1);
});

it('lets annotations choose which events, and nothing that is none', async () => {
  const { user, changes } = open({ queryType: 'history', kinds: ['fired'] }, { editor: AnnotationEditor });
  expect(screen.queryByRole('combobox', { name: 'Query type' })).not.toBeInTheDocument();
  await choose(user, 'Events', 'Resolved');
  expect(changes).toEqual([{ refId: 'A', queryType: 'history', kinds: ['fired', 'resolved'] }]);
});

it('shows what a variable would list now', async () => {
  const datasource = fakeApi({
    findNames: (kind) =>
      Promise.resolve(kind === 'owners' ? [] : [...'abcdefg'].map((text) => ({ text, value: text }))),
  });
  const { user, changes } = renderEditor<VariableQuery>({ refId: 'v', find: 'services' }, ({ value, onChange }) => (
    <VariableEditor {...{ datasource, onChange }} query={value} />
  ));
  expect(await screen.findByText('Currently a, b, c, d, e and 2 more.')).toBeInTheDocument();
  await choose(user, 'List', /^Owners/);
  expect(changes).toEqual([{ refId: 'pharos-owners', find: 'owners' }]);
  expect(await screen.findByText('There are none now.')).toBeInTheDocument();
});

it('gives Explore questions that work as they are', async () => {
  const onClickExample = jest.fn();
  const { user } = renderEditor('', () => <QueryHelp onClickExample={onClickExample} />);
  await user.click(screen.getByRole('button', { name: 'p95 latency' }));
  expect(onClickExample).toHaveBeenCalledWith({ refId: 'A', queryType: 'signals', signal: 'latency_p95' });
  await waitFor(() => expect(screen.getAllByRole('button')).toHaveLength(5));
});
