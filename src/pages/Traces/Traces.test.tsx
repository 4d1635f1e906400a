import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';

import { ApiError } from '../../api/apiError.ts';
import { analyzeTraces } from '../../api/traceAnalysis.ts';
import { explainTraces } from '../../api/traceComparison.ts';
import { searchTraces } from '../../api/traces.ts';
import { days, epochMs } from '../../core/units.ts';
import { setTheScene, startTraces } from './startTraces.fixture.tsx';

import { found, NOW, ofSet, searched, THREE, world } from './tracesWorld.fixture.ts';

const HOUR = 3_600_000;
const WINDOW = { from: NOW - HOUR, to: NOW };
const idOf = (short: string): string => short.padStart(32, '0');

const answer = () => screen.findByText(/^3 traces/);
const list = () => screen.findByRole('table', { name: 'Traces' });
const rows = async () =>
  within(await list())
    .getAllByRole('row')
    .slice(1);

setTheScene();

describe('a search', () => {
  it('answers first, then lists each trace with what failed', async () => {
    const { engine } = startTraces();
    expect(await answer()).toHaveTextContent(
      '3 traces, 1 failed; p50 80 ms, p95 2.26 s; the slowest is storefront: POST /checkout with 2.5 s.'
    );
    const [newest] = await rows();
    expect(newest).toHaveTextContent(/storefront: GET \/c3.*payments6180 ms10 m ago/);
    expect(engine.calls(searchTraces)).toEqual([{ ...WINDOW, limit: 200, filter: { attributes: [] } }]);
  });

  it('takes the filter from the address, and a condition that is typed into it', async () => {
    const { engine, navigation, user } = startTraces('/traces?service=checkout&status=error&min=300ms');
    await answer();
    expect(engine.calls(searchTraces)[0]?.filter).toEqual({
      ...{ service: 'checkout', status: 'error', minDurationMs: 300, attributes: [] },
    });
    await user.type(screen.getByLabelText('Condition'), 'http.route=/orders{Enter}');
    expect(navigation.current().search).toBe('?service=checkout&status=error&min=300ms&attr=http.route%3D%2Forders');
    await waitFor(() => expect(engine.calls(searchTraces).at(-1)?.filter?.attributes).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: 'Remove the condition http.route=/orders' }));
    expect(navigation.current().search).toBe('?service=checkout&status=error&min=300ms');
  });

  it('offers attributes, and the values that they have', async () => {
    const { user, container } = startTraces();
    await answer();
    await user.type(screen.getByRole('combobox', { name: 'Attribute' }), 'route');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByLabelText('Condition')).toHaveValue('span.http.route=');
    const offered = () => [...container.querySelectorAll('datalist option')].map((one) => one.getAttribute('value'));
    await waitFor(() => expect(offered()).toEqual(['span.http.route=/cart', 'span.http.route=/orders']));
  });

  it('says beside the field what a duration and a condition look like', async () => {
    const { engine, user } = startTraces();
    await user.type(screen.getByLabelText('Longer than'), 'soon{Enter}');
    expect(screen.getByText('Enter a duration such as 300ms or 1.5s.')).toBeInTheDocument();
    await user.type(screen.getByLabelText('Condition'), 'nonsense{Enter}');
    expect(screen.getByText(/^Enter an attribute, a comparison and a value/)).toBeInTheDocument();
    await answer();
    expect(engine.calls(searchTraces)).toHaveLength(1);
  });

  it('keeps the query when it becomes TraceQL, and the filter for who comes back', async () => {
    const { engine, navigation, user } = startTraces('/traces?service=checkout');
    await user.click(screen.getByRole('radio', { name: 'TraceQL' }));
    expect(screen.getByLabelText('TraceQL', { selector: 'textarea' })).toHaveValue(
      '{ resource.service.name = "checkout" }'
    );
    await waitFor(() =>
      expect(engine.calls(searchTraces).at(-1)?.query).toBe('{ resource.service.name = "checkout" }')
    );
    await user.click(screen.getByRole('radio', { name: 'Filter' }));
    expect(navigation.current().search).toBe('?service=checkout');
  });

  it('asks TraceQL on Enter, keeps the focus, and says beside it what Tempo has against it', async () => {
    const problem = 'Tempo answered 400: parse error at line 1, col 3: unknown identifier: foo.';
    const engine = world().on(searchTraces, () => searched([], { problem }));
    const { navigation, user } = startTraces('/traces?q=%7B+%7D', engine);
    const field = await screen.findByLabelText('TraceQL', { selector: 'textarea' });
    await user.clear(field);
    await user.type(field, '{{ foo }{Enter}');
    expect(new URLSearchParams(navigation.current().search).get('q')).toBe('{ foo }');
    expect(await screen.findAllByText(problem)).toHaveLength(1);
    expect(screen.getByRole('heading', { name: 'The traces could not be searched' })).toBeInTheDocument();
    expect(screen.getByLabelText('TraceQL', { selector: 'textarea' })).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(engine.calls(searchTraces).length).toBeGreaterThan(2));
  });

  it('says that nothing was found for which query, or why nothing could be', async () => {
    const { unmount } = startTraces(
      '/traces',
      world().on(searchTraces, () => searched([], { query: '{ .a = 1 }' }))
    );
    expect(await screen.findByRole('heading', { name: 'No trace matches' })).toBeInTheDocument();
    expect(screen.getByText('{ .a = 1 }')).toBeInTheDocument();
    unmount();
    startTraces(
      '/traces',
      world().on(searchTraces, () => searched([], { problem: 'No Tempo is configured.' }))
    );
    expect(await screen.findByText('No Tempo is configured.')).toBeInTheDocument();
  });

  it('tries again when asked, after an error and by itself never', async () => {
    const engine = world().on(searchTraces, () => {
      throw new ApiError({ code: 'internal', status: 500, message: 'The store is locked.' });
    });
    const { user } = startTraces('/traces', engine);
    expect(await screen.findByRole('alert')).toHaveTextContent('The traces could not be loaded');
    engine.on(searchTraces, () => searched());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await answer();
    const asked = engine.calls(searchTraces).length;
    await act(() => jest.advanceTimersByTimeAsync(600_000));
    expect(engine.calls(searchTraces)).toHaveLength(asked);
  });

  it.each([
    ['a window that ends now', '/traces', NOW + 60_000],
    ['a fixed window', `/traces?from=${WINDOW.from}&to=${WINDOW.to}`, NOW],
  ])('asks anew for %s', async (_, at, to) => {
    const { engine, user } = startTraces(at);
    await answer();
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    await user.click(screen.getByRole('button', { name: 'Search again' }));
    await waitFor(() => expect(engine.calls(searchTraces).length).toBeGreaterThan(1));
    await waitFor(() => expect(Math.abs((engine.calls(searchTraces).at(-1)?.to ?? 0) - to)).toBeLessThan(1000));
  });

  it.each([[THREE], [[]]])('says what of the time is no longer kept: %#', async (items) => {
    const notKept = { source: 'Tempo', keeps: days(1), since: epochMs(NOW - days(1)) };
    startTraces(
      '/traces?from=now-2d',
      world().on(searchTraces, () => searched(items, { notKept }))
    );
    expect(
      await screen.findByText('Tempo keeps its data for 1 d: data from before 2026-11-24 12:00:00 is no longer there.')
    ).toBeInTheDocument();
  });

  it('says that there are more', async () => {
    startTraces(
      '/traces',
      world().on(searchTraces, () => searched(THREE, { more: true }))
    );
    expect(await screen.findByText(/^3 or more traces, 1 failed/)).toBeInTheDocument();
  });

  it('says of which part of the time the newest are, and spreads them over all of it', async () => {
    const { engine, user, navigation } = startTraces(
      '/traces?ids=b2',
      world().on(searchTraces, () => searched(THREE, { more: true }))
    );
    expect(await screen.findByText(/these are the newest, from the last \d+ m of 1 h\.$/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Spread them over 1 h' }));
    expect(navigation.current().search).toBe('?pick=spread');
    expect(await screen.findByText('There are more: these are spread evenly over 1 h.')).toBeInTheDocument();
    expect(engine.calls(searchTraces).at(-1)).toMatchObject({ limit: 200, pick: 'spread' });
    await user.click(screen.getByRole('button', { name: 'Show the newest' }));
    expect(navigation.current().search).toBe('');
  });

  it('sorts the list as the address says', async () => {
    const { user, navigation } = startTraces();
    await user.click(await screen.findByRole('radio', { name: 'Slowest' }));
    expect(navigation.current().search).toBe('?sort=slowest');
    expect((await rows())[0]).toHaveTextContent('POST /checkout');
  });

  it('is worked by keyboard', async () => {
    const { user, navigation } = startTraces();
    await rows();
    await user.keyboard('jjkjx');
    expect(new URLSearchParams(navigation.current().search).get('ids')).toBe(idOf('b2'));
    expect((await rows())[1]).toHaveAttribute('aria-current', 'true');
    await user.keyboard('{Enter}');
    expect(navigation.current().path).toBe(`/traces/${idOf('b2')}`);
  });
});

describe('the plot', () => {
  const plot = () => screen.findByRole('img', { name: /^3 traces by start and duration/ });
  /** jsdom has no pointer events; the plot reads only these of them. */
  const pointer = (kind: 'down' | 'move' | 'up', svg: Element, [x, y, buttons = 1]: readonly number[]) =>
    fireEvent(
      svg,
      Object.assign(
        new MouseEvent(`pointer${kind}`, {
          ...{ bubbles: true, button: 0, buttons: buttons ?? 1, clientX: x ?? 0, clientY: y ?? 0 },
        }),
        { pointerId: 1 }
      )
    );

  it('selects what a box is drawn around, and opens nothing by that', async () => {
    const { navigation } = startTraces();
    const svg = await plot();
    pointer('down', svg, [250, 5]);
    pointer('move', svg, [400, 100]);
    pointer('move', svg, [580, 150]);
    pointer('up', svg, [580, 150, 0]);
    fireEvent.click(svg, { clientX: 580, clientY: 150 });
    expect(navigation.current().path).toBe('/traces');
    expect(navigation.current().search).toBe(`?ids=${idOf('b2')},${idOf('c3')}`);
    expect(await screen.findByText('2 traces selected')).toBeInTheDocument();
  });

  it('selects what took about so long by a click on a bar beside it', async () => {
    const { navigation } = startTraces();
    const svg = await plot();
    const [slowest] = svg.querySelectorAll('title');
    expect(slowest).toHaveTextContent('1 trace took about this long. Click to select it.');
    const bar = slowest?.parentElement?.querySelector('rect');
    fireEvent.click(svg, { clientX: 590, clientY: Number(bar?.getAttribute('y')) + 2 });
    expect(navigation.current().search).toBe(`?ids=${idOf('b2')}`);
  });

  it('opens what is clicked, also by a hand that trembles', async () => {
    const { navigation } = startTraces();
    const svg = await plot();
    const failed = svg.querySelector('path');
    const [x = 0, y = 0] = (failed?.getAttribute('d') ?? '').slice(1).split(/[ l]/).map(Number);
    pointer('move', svg, [x, y, 0]);
    expect(screen.getByText('failed in payments')).toBeInTheDocument();
    pointer('down', svg, [x + 1, y + 6]);
    pointer('move', svg, [x + 3, y + 6]);
    pointer('up', svg, [x + 3, y + 6, 0]);
    fireEvent.click(svg, { clientX: x + 3, clientY: y + 6 });
    expect(navigation.current().path).toBe(`/traces/${idOf('c3')}`);
  });

  it('forgets a box whose button was let go elsewhere', async () => {
    const { navigation } = startTraces();
    const svg = await plot();
    pointer('down', svg, [300, 5]);
    pointer('move', svg, [500, 100, 0]);
    pointer('up', svg, [500, 100, 0]);
    expect(navigation.current().search).toBe('');
  });
});

describe('a selection', () => {
  const explained = {
    selection: { ...ofSet(1), traceIds: [idOf('c3')] },
    rest: {
      ...ofSet(2, { cut: 1, problem: '1 of 2 traces is cut short by Tempo.' }),
      traceIds: [idOf('a1'), idOf('b2')],
    },
    itemsLeftOut: 0,
    explained: {
      ...{ selection: 1, rest: 2, leftOut: [], isSmall: true, tests: 0 },
      items: [
        {
          ...{ scope: 'resource' as const, key: 'service.version', value: '1.1.0', range: null, selection: 1, rest: 0 },
          ...{ difference: 1, test: null, example: idOf('c3') },
        },
      ],
    },
  };

  it('by checkbox says what is different, and a value becomes a condition', async () => {
    const { engine, navigation, user } = startTraces(
      '/traces',
      world().on(explainTraces, () => explained)
    );
    await user.click(await screen.findByRole('checkbox', { name: 'Select storefront: GET /c3' }));
    expect(navigation.current().search).toBe(`?ids=${idOf('c3')}`);
    expect(engine.calls(explainTraces)).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'What is different about these?' }));
    expect(
      await screen.findByText(/^Rest: From 2 traces .* 1 of 2 traces is cut short by Tempo\.$/)
    ).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: '1.1.0' }));
    expect(engine.calls(explainTraces)[0]).toEqual({
      selection: { traceIds: [idOf('c3')] },
      rest: { traceIds: [idOf('a1'), idOf('b2')] },
    });
    expect(new URLSearchParams(navigation.current().search).get('attr')).toBe('resource.service.version=1.1.0');
    expect(engine.calls(searchTraces).at(-1)?.filter?.attributes).toEqual([
      { scope: 'resource', key: 'service.version', op: '=', value: '1.1.0' },
    ]);
  });

  it('says when more are selected, or left, than are read', async () => {
    const many = Array.from({ length: 102 }, (_, n) => found(`${n}`));
    const engine = world()
      .on(searchTraces, () => searched(many))
      .on(explainTraces, () => explained);
    startTraces(`/traces?why=1&ids=${many[0]?.traceId}`, engine);
    expect(
      await screen.findByText(
        '1 selected and 101 others: at most 100 of each are read, evenly from the newest to the oldest.'
      )
    ).toBeInTheDocument();
    expect(engine.calls(explainTraces)[0]?.rest).toMatchObject({ traceIds: { length: 100 } });
  });

  it('leads to the comparison with the rest and to its critical paths', async () => {
    const { navigation, user, engine } = startTraces(`/traces?ids=${idOf('b2')}`);
    const compare = await screen.findByRole('link', { name: 'Compare with the rest' });
    expect(compare).toHaveAttribute(
      'href',
      `/traces/compare?kind=selection&q=%7B+%7D&ids=${idOf('b2')}&limit=200&from=now-1h&to=now`
    );
    await user.click(screen.getByRole('button', { name: 'Critical path of these' }));
    expect(await screen.findByText('Of the 1 selected trace.')).toBeInTheDocument();
    expect(engine.calls(analyzeTraces)[0]?.set).toEqual({ traceIds: [idOf('b2')] });
    await user.click(screen.getByRole('button', { name: 'Use all that the search finds' }));
    expect(navigation.current().search).toBe('?tab=operations');
  });

  it('is compared with the rest that is shown, where that is a spread', async () => {
    startTraces(`/traces?pick=spread&ids=${idOf('b2')}`);
    expect(await screen.findByRole('link', { name: 'Compare with the rest' })).toHaveAttribute(
      'href',
      `/traces/compare?kind=traces&a=${idOf('a1')}+${idOf('c3')}&b=${idOf('b2')}`
    );
    expect(screen.queryByText(/^A comparison takes at most/)).not.toBeInTheDocument();
  });

  it('is compared with a part of the rest, from all of it, where an address has no room for more', async () => {
    const many = Array.from({ length: 801 }, (_, n) => found(`${n}`));
    const engine = world().on(searchTraces, () => searched(many));
    startTraces(`/traces?limit=1000&ids=${many[0]?.traceId}`, engine);
    const link = await screen.findByRole('link', { name: 'Compare with the rest' });
    const params = new URL(link.getAttribute('href') ?? '', 'http://pharos').searchParams;
    const rest = params.get('a')?.split(' ');
    expect([params.get('kind'), params.get('b'), rest?.length]).toEqual(['traces', idOf('0'), 200]);
    expect([rest?.[0], rest?.[1], rest?.[199]]).toEqual(['1', '5', '797'].map(idOf));
    expect(link.getAttribute('href')?.length).toBeLessThan(14_000);
    expect(
      screen.getByText(/^A comparison takes at most 200 of the selected and 200 of the others, evenly/)
    ).toBeInTheDocument();
  });

  it('is made by a button too, and says when there is no rest', async () => {
    const { navigation, user } = startTraces(
      '/traces',
      world().on(searchTraces, () => searched([found('a1'), found('b2')]))
    );
    await user.click(await screen.findByRole('button', { name: 'Select the slowest one' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select storefront: GET /b2' }));
    expect(navigation.current().search).toBe(`?ids=${idOf('a1')},${idOf('b2')}`);
    expect(screen.getByText(/^All traces are selected/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'What is different about these?' })).toBeDisabled();
    expect(screen.queryByRole('link', { name: 'Compare with the rest' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear the selection' }));
    expect(navigation.current().search).toBe('');
  });
});

describe('a trace whose id is known', () => {
  it.each([
    ['4bf92f3577b34da6a3ce929d0e0e4736'],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['https://grafana.example.org/explore?trace=4bf92f3577b34da6a3ce929d0e0e4736'],
  ])('opens by %s', async (text) => {
    const { navigation, user } = startTraces();
    await user.type(screen.getByLabelText('Open a trace by its id'), `${text}{Enter}`);
    expect(navigation.current().path).toBe('/traces/4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('is not found in just any text', async () => {
    const { navigation, user } = startTraces();
    await user.type(screen.getByLabelText('Open a trace by its id'), 'checkout was slow{Enter}');
    expect(screen.getByText('There is no trace id in this text.')).toBeInTheDocument();
    expect(navigation.entries()).toHaveLength(1);
  });
});
