import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listSources } from '../../api/access.ts';
import { ApiError } from '../../api/apiError.ts';
import { getLinkedTraces, getTraceLogs } from '../../api/traceAnalysis.ts';
import { getTrace } from '../../api/traces.ts';
import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import { EPOCH_NS, traceOf } from '../../core/traces/testTrace.fixture.ts';
import { writeOtlpJson } from '../../core/traces/writeOtlpJson.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { readTraceFile } from '../../ui/traces/readTraceFile.ts';
import { Trace } from './Trace.tsx';
import { TraceFile } from './TraceFile.tsx';

// jsdom's files have no streams; a browser reads them in tests/e2e/traces.spec.ts. Answers of the engine are read as they are.
jest.mock('../../ui/traces/readTraceFile.ts', () => ({ readTraceFile: jest.fn() }));
const readFile = jest.mocked(readTraceFile);
const { readTraceFile: readReally } = jest.requireActual<{ readTraceFile: typeof readTraceFile }>(
  '../../ui/traces/readTraceFile.ts'
);
beforeEach(() => void readFile.mockImplementation(readReally));

const MS = 1_000_000;
const ID = 'abc'.padStart(32, '0');
const CHARGE = '2'.padStart(16, '0');

const SHOP = traceOf([
  { id: '1', service: 'checkout', name: 'POST /pay', kind: 'server', from: 0, to: 100 * MS },
  {
    ...{ id: '2', parent: '1', service: 'payments', name: 'charge', kind: 'client', from: 10 * MS, to: 90 * MS },
    status: 'error',
    attributes: [['http.status_code', 402]],
    events: [
      {
        name: 'exception',
        at: EPOCH_NS + 80_000_000n,
        attributes: [
          ['exception.type', 'CardDeclined'],
          ['exception.message', 'no funds'],
          ['exception.stacktrace', 'at charge (pay.ts:7)'],
        ],
      },
    ],
    links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), attributes: [] }],
  },
  { id: '3', parent: 'ff', service: 'mail', name: 'send', from: 95 * MS, to: 99 * MS },
]);

const answer = (rest: Partial<{ settling: boolean; problem: string | null }> = {}) => ({
  traceId: ID,
  document: JSON.parse(writeOtlpJson(SHOP)),
  settling: false,
  problem: null,
  ...rest,
});

const engine = () =>
  fakeEngine('viewer')
    .on(getTrace, () => answer())
    .on(listSources, () => {
      throw new ApiError({ code: 'forbidden', status: 403, message: 'Only an admin may.' });
    });

const open = (search = '', from = engine()) => ({
  ...renderPage(<Trace params={{ traceId: ID }} />, { engine: from, at: `/traces/${ID}${search}` }),
  user: userEvent.setup(),
});

const file = (text: string, name = 'trace.json') => new File([text], name, { type: 'application/json' });
const drop = (dropped: File) =>
  fireEvent.drop(screen.getByTestId('trace-drop'), { dataTransfer: { types: ['Files'], files: [dropped] } });

describe('the page of a trace', () => {
  it('answers first: how long, where the time was, what failed', async () => {
    open();
    expect(screen.getByRole('status', { name: 'Loading the spans' })).toBeInTheDocument();
    const sentence = await screen.findByText(/took 100 ms; 80 % of it in/);
    expect(sentence).toHaveTextContent(
      'checkout: POST /pay took 100 ms; 80 % of it in payments: charge, which failed.'
    );
    expect(screen.getByText('3 spans')).toBeInTheDocument();
    expect(screen.getByText('3 services')).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('checkout: POST /pay');
  });

  it('never hides what is missing, and tells it in full on demand', async () => {
    const { user, navigation } = open(
      '',
      engine().on(getTrace, () => answer({ problem: 'Cut at 5 MB by Tempo.' }))
    );
    const notes = await screen.findByRole('list', { name: 'Notes about this trace' });
    expect(
      within(notes)
        .getAllByRole('group')
        .map((note) => note.querySelector('summary')?.textContent?.trim())
    ).toEqual(['Cut short', 'Missing parents', 'Several roots (2)']);
    await user.click(within(notes).getByText('Cut short'));
    expect(within(notes).getByText('Cut at 5 MB by Tempo.')).toBeVisible();
    await user.click(within(notes).getAllByText('3'.padStart(16, '0'))[0] ?? notes);
    expect(navigation.current().search).toBe(`?span=${'3'.padStart(16, '0')}`);
  });

  it('keeps the span in the address, and Back closes it', async () => {
    const { user, navigation } = open();
    await user.click(await screen.findByRole('button', { name: 'payments: charge' }));
    expect(navigation.current().search).toBe(`?span=${CHARGE}`);
    expect(navigation.entries()).toHaveLength(2);
    const detail = await screen.findByRole('region', { name: 'Span' });
    expect(detail).toHaveTextContent('CardDeclined: no funds');
    expect(detail).toHaveTextContent('at charge (pay.ts:7)');
    expect(within(detail).getByRole('link', { name: /of trace dddddddd/ })).toHaveAttribute(
      'href',
      `/traces/${'d'.repeat(32)}?span=${'e'.repeat(16)}`
    );
    await user.keyboard('{Escape}');
    expect(navigation.current().search).toBe('');
  });

  it('opens what a link names: tab, span, filter and folding', async () => {
    open(`?span=${CHARGE}&q=status:error&only=1&fold=service&path=off`);
    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: 'Only matches' })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Critical path' })).not.toBeChecked();
    expect(screen.getByRole('region', { name: 'Span' })).toHaveTextContent('charge');
  });

  it('keeps the order and the groups of the span table in the address', async () => {
    const { user, navigation } = open('?tab=spans&sort=colour&group=attribute:http.status_code');
    const grid = await screen.findByRole('grid', { name: 'Spans' });
    expect(within(grid).getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending');
    expect(within(grid).getByText('http.status_code=402')).toBeInTheDocument();
    await user.click(within(grid).getByRole('button', { name: 'Start' }));
    expect(navigation.current().search).toBe('?tab=spans&sort=-start&group=attribute:http.status_code');
    expect(within(grid).getByRole('columnheader', { name: 'Start' })).toHaveAttribute('aria-sort', 'descending');
    act(() => navigation.go(`/traces/${ID}?tab=spans&sort=service`));
    expect(within(grid).getByRole('columnheader', { name: 'Service' })).toHaveAttribute('aria-sort', 'ascending');
    expect(within(grid).queryByText('http.status_code=402')).not.toBeInTheDocument();
  });

  it('keeps the time that is looked at in the address, with one step for Back', async () => {
    const { user, navigation } = open('?time=nonsense');
    const from = await screen.findByRole('slider', { name: 'Start of the time shown' });
    const to = screen.getByRole('slider', { name: 'End of the time shown' });
    expect([from, to].map((edge) => edge.getAttribute('aria-valuetext'))).toEqual(['0', '100 ms']);
    to.focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(to).toHaveAttribute('aria-valuetext', '96 ms');
    await waitFor(() => expect(navigation.current().search).toBe('?time=0-96000000'));
    from.focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(navigation.current().search).toBe('?time=2000000-96000000'));
    expect(navigation.entries()).toHaveLength(2);
    act(() => navigation.go(`/traces/${ID}`));
    expect([from, to].map((edge) => edge.getAttribute('aria-valuetext'))).toEqual(['0', '100 ms']);
    act(() => navigation.go(`/traces/${ID}?time=10000000-20000000`));
    expect([from, to].map((edge) => edge.getAttribute('aria-valuetext'))).toEqual(['10 ms', '20 ms']);
  });

  it('does not keep a time that Back was faster than', async () => {
    const { navigation } = open('?time=10000000-20000000');
    const to = await screen.findByRole('slider', { name: 'End of the time shown' });
    jest.useFakeTimers({ advanceTimers: true });
    to.focus();
    fireEvent.keyDown(to, { key: 'ArrowRight' });
    expect(to).toHaveAttribute('aria-valuetext', '22 ms');
    act(() => navigation.go(`/traces/${ID}`));
    expect(to).toHaveAttribute('aria-valuetext', '100 ms');
    act(() => jest.advanceTimersByTime(1_000));
    expect(navigation.current().search).toBe('');
    jest.useRealTimers();
  });

  it('filters by an attribute of the span', async () => {
    const { user, navigation } = open(`?span=${CHARGE}`);
    await user.click(await screen.findByRole('button', { name: 'Filter by http.status_code' }));
    expect(new URLSearchParams(navigation.current().search).get('q')).toBe('http.status_code=402');
    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
  });

  it('shows the log lines of a span, and where they were looked for', async () => {
    const at = epochMs(Number(EPOCH_NS / 1_000_000n));
    const from = engine().on(getTraceLogs, () => ({
      items: [
        { at, level: 'error' as const, message: 'card declined', line: '{}', cut: 0, traceId: ID, service: null },
      ],
      patterns: [],
      more: false,
      by: 'service' as const,
      query: '{service_name="payments"}',
      window: { from: at, to: epochMs(at + 60_000) },
      widened: true,
      problem: null,
    }));
    const { user } = open(`?span=${CHARGE}`, from);
    await user.click(await screen.findByRole('button', { name: 'Log lines' }));
    expect(await screen.findByText('card declined')).toBeInTheDocument();
    expect(
      screen.getByText(
        /^No line carries the id of this trace\. 1 line of payments at that time \(.*, widened since nothing was nearer\)\.$/
      )
    ).toBeInTheDocument();
    expect(from.calls(getTraceLogs)[0]).toMatchObject({ traceId: ID, service: 'payments', from: at + 10, to: at + 91 });
  });

  it('shows the log lines of the whole trace, each with its service', async () => {
    const at = epochMs(Number(EPOCH_NS / 1_000_000n));
    const line = { at, level: 'info' as const, line: '{}', cut: 0, traceId: ID };
    const from = engine().on(getTraceLogs, () => ({
      items: [
        { ...line, message: 'paid', service: 'payments' },
        { ...line, message: 'sent', service: 'mail' },
      ],
      patterns: [],
      more: false,
      by: 'trace' as const,
      query: '{service_name=~".+"}',
      window: { from: at, to: at },
      widened: false,
      problem: null,
    }));
    const { user } = open(`?span=${CHARGE}`, from);
    await user.click(await screen.findByRole('button', { name: 'Log lines of the whole trace' }));
    const lines = await screen.findByRole('list', { name: 'Log lines of the whole trace' });
    expect(within(lines).getAllByRole('listitem')[1]).toHaveTextContent(/mail\s*sent/);
    expect(screen.getByText(/^2 lines with the id of this trace \(/)).toBeInTheDocument();
    expect(from.calls(getTraceLogs)).toEqual([{ traceId: ID, from: at, to: at + 101 }]);
  });

  it('leads to the traces before and after it, with the wait in the queue', async () => {
    const from = engine().on(getLinkedTraces, () => ({
      items: [
        {
          direction: 'upstream' as const,
          traceId: 'd'.repeat(32),
          producer: { traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), service: 'orders', operation: 'send' },
          consumer: { traceId: ID, spanId: CHARGE, service: 'payments', operation: 'charge' },
          ...{ queueWaitNs: 1_500_000_000, handedOverNs: -1_490 * MS, unread: null },
          trace: {
            startNs: -1_500 * MS,
            ...{ rootService: 'orders', rootName: 'POST /orders', startedAt: epochMs(0) },
            ...{ durationNs: 20 * MS, spans: 7, errors: 1 },
          },
        },
        {
          direction: 'upstream' as const,
          traceId: 'f'.repeat(32),
          ...{ producer: null, consumer: null, queueWaitNs: null, handedOverNs: null, trace: null },
          unread: 'Tempo answered more than 32 MiB.',
        },
      ],
      more: false,
      problem: null,
    }));
    const { user } = open('', from);
    await user.click(await screen.findByText('Linked traces'));
    const before = await screen.findByRole('group', { name: 'Before it' });
    expect(within(before).getByRole('link', { name: 'orders: send' })).toHaveAttribute(
      'href',
      `/traces/${'d'.repeat(32)}?span=${'e'.repeat(16)}`
    );
    expect(before).toHaveTextContent('waited 1.5 s in the queue, took 20 ms, 7 spans, 1 failed');
    expect(before).toHaveTextContent('trace ffffffff could not be read: Tempo answered more than 32 MiB.');
    expect(screen.getByText('1.5 s before it began')).toBeInTheDocument();
    expect(screen.getByRole('group', { name: 'This trace' })).toHaveTextContent('took 100 ms');
    expect(screen.getByRole('group', { name: 'Triggered by it' })).toHaveTextContent('None');
  });

  it('asks again while the trace is being written', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    let asked = 0;
    open(
      '',
      engine().on(getTrace, () => {
        asked += 1;
        return answer({ settling: asked === 1 });
      })
    );
    expect(await screen.findByText(/still being written/)).toBeInTheDocument();
    fireEvent.keyDown(document.body, { key: 'ArrowLeft' });
    const rows = screen.getAllByRole('row').length;
    await waitFor(() => expect(screen.queryByText(/still being written/)).not.toBeInTheDocument(), { timeout: 10_000 });
    expect(asked).toBe(2);
    // Nothing new was said: what was folded stays so.
    expect(screen.getAllByRole('row')).toHaveLength(rows);
    jest.useRealTimers();
  });

  it('has a way out where there is no such trace', async () => {
    const missing = new ApiError({
      code: 'not_found',
      status: 404,
      message: 'Tempo has no trace abc. It may be too old.',
    });
    open(
      '',
      engine().on(getTrace, () => {
        throw missing;
      })
    );
    expect(await screen.findByRole('heading', { name: 'There is no such trace' })).toBeInTheDocument();
    expect(screen.getByText('Tempo has no trace abc. It may be too old.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Search traces' })).toHaveAttribute('href', '/traces');
  });

  it('says why a trace cannot be had, and tries again', async () => {
    let fails = true;
    const { user } = open(
      '',
      engine().on(getTrace, () => {
        if (fails) {
          throw new ApiError({ code: 'unavailable', status: 503, message: 'No Tempo is set.' });
        }
        return answer();
      })
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('No Tempo is set.');
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/took 100 ms/)).toBeInTheDocument();
  });

  it('says what is wrong with a document that is no trace', async () => {
    open(
      '',
      engine().on(getTrace, () => ({ ...answer(), document: { nonsense: true } }))
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The trace could not be loaded');
    expect(alert).toHaveTextContent('No known trace format in the input: expected OTLP JSON (resourceSpans)');
  });
});

describe('a trace from a file', () => {
  it('teaches what can be dropped, and opens it', async () => {
    const { navigation } = renderPage(<TraceFile />, { engine: engine(), at: '/traces/file' });
    expect(screen.getByRole('heading', { name: 'Drop a file with a trace here' })).toBeInTheDocument();
    readFile.mockResolvedValue({ format: 'otlp', traces: [SHOP] });
    drop(file('{}'));
    expect(await screen.findByText(/took 100 ms; 80 % of it in/)).toBeInTheDocument();
    expect(navigation.current().path).toBe('/traces/file');
    expect(screen.queryByRole('button', { name: 'Copy link' })).not.toBeInTheDocument();
  });

  it('says what is wrong with a file, and keeps what was there', async () => {
    open();
    await screen.findByText(/took 100 ms/);
    readFile.mockRejectedValue(new TraceInputError('The file is a web page: expected JSON.'));
    drop(file('<html>', 'page.html'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('page.html could not be read');
    expect(alert).toHaveTextContent('The file is a web page: expected JSON.');
    expect(alert).toHaveTextContent('What was shown before is still there.');
    expect(screen.getByText(/took 100 ms/)).toBeInTheDocument();
  });

  it('shows how far it has read, and can be stopped', async () => {
    const { user } = open();
    await screen.findByText(/took 100 ms/);
    const signals: AbortSignal[] = [];
    readFile.mockImplementation((_, { onProgress, signal } = {}) => {
      onProgress?.({ stage: 'reading', share: 0.4 });
      signals.push(...(signal === undefined ? [] : [signal]));
      return new Promise(() => undefined);
    });
    drop(file('{}', 'large.json'));
    expect(await screen.findByText('Reading large.json: 40 %')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByText(/Reading large/)).not.toBeInTheDocument();
    expect(signals[0]?.aborted).toBe(true);
  });

  it('lets one choose among several traces', async () => {
    const other = traceOf([{ id: '1', service: 'worker', name: 'job', from: 0, to: 5 * MS }], 'def');
    readFile.mockResolvedValue({ format: 'otlp', traces: [SHOP, other] });
    const { navigation } = renderPage(<TraceFile />, { engine: engine(), at: '/traces/file' });
    drop(file('{}'));
    expect(await screen.findByText('The file holds 2 traces:')).toBeInTheDocument();
    act(() => navigation.go(`/traces/file?trace=${other.traceId}`));
    expect(await screen.findByText(/took 5 ms/)).toBeInTheDocument();
  });
});
