import { screen } from '@testing-library/react';
import { listServiceCalls, listTraceErrors } from '../../api/traceAnalysis.ts';
import { days, epochMs } from '../../core/units.ts';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Traces } from './Traces.tsx';
import { calls, errors, NOW, ofSet, world } from './tracesWorld.fixture.ts';

const start = (at: string, engine = world()) => renderPage(<Traces />, { engine, at });

it('tells nothing failed from nothing could be read', async () => {
  const nothing = (problem: string | null) => () => ({ ...errors, ...ofSet(0, { problem }), items: [] });
  const { unmount } = start('/traces?tab=errors', world().on(listTraceErrors, nothing(null)));
  expect(await screen.findByRole('heading', { name: 'Nothing failed' })).toBeInTheDocument();
  unmount();
  start('/traces?tab=errors', world().on(listTraceErrors, nothing('Tempo gave no answer within 20 s.')));
  expect(await screen.findByRole('heading', { name: 'The errors could not be read' })).toBeInTheDocument();
  expect(screen.getByText('Tempo gave no answer within 20 s.')).toBeInTheDocument();
});

it('tells nothing found in a part from nothing could be read', async () => {
  const problem = '1 of 3 traces is cut short by Tempo: figures of it are too small.';
  const nothing = { ...ofSet(3, { cut: 1, problem }), items: [] };
  const engine = world()
    .on(listTraceErrors, () => ({ ...errors, ...nothing }))
    .on(listServiceCalls, () => ({ ...calls, ...nothing }));
  const words = `From 3 traces with 18 spans, not all of them complete. ${problem}`;
  const { unmount } = start('/traces?tab=errors', engine);
  expect(await screen.findByRole('heading', { name: 'Nothing failed in what was read' })).toBeInTheDocument();
  expect(screen.getByText(words)).toBeInTheDocument();
  unmount();
  start('/traces?tab=calls&service=checkout', engine);
  expect(await screen.findByRole('heading', { name: 'No calls of checkout in what was read' })).toBeInTheDocument();
  expect(screen.getByText(words)).toBeInTheDocument();
});

it('says of the calls too that they could not be read', async () => {
  const nothing = { ...ofSet(0, { failed: 2, problem: 'Tempo was too slow.' }), items: [] };
  start(
    '/traces?tab=calls&service=checkout',
    world().on(listServiceCalls, () => ({ ...calls, ...nothing }))
  );
  expect(await screen.findByRole('heading', { name: 'The calls could not be read' })).toBeInTheDocument();
  expect(screen.getByText('Tempo was too slow.')).toBeInTheDocument();
});

it('says what Tempo no longer keeps, beside what was found and where nothing was', async () => {
  const notKept = { source: 'Tempo', keeps: days(1), since: epochMs(NOW - days(1)) };
  const words = /Tempo keeps its data for 1 d: data from before 2026-11-24 12:00:00 is no longer there\.$/;
  const engine = world().on(listTraceErrors, () => ({ ...errors, ...ofSet(3, { notKept }) }));
  const { unmount } = start('/traces?tab=errors', engine);
  expect(await screen.findByText(words)).toHaveTextContent(/^From 3 complete traces with 18 spans\. Tempo keeps/);
  unmount();
  const nothing = world().on(listTraceErrors, () => ({ ...errors, ...ofSet(0, { notKept }), items: [] }));
  start('/traces?tab=errors', nothing);
  expect(await screen.findByRole('heading', { name: 'Nothing failed' })).toBeInTheDocument();
  expect(screen.getByText(words)).toBeInTheDocument();
});

it('does not call whole what is cut short', async () => {
  const problem = '3 of 3 traces are cut short by Tempo: figures of them are too small.';
  start(
    '/traces?tab=errors',
    world().on(listTraceErrors, () => ({ ...errors, ...ofSet(3, { cut: 3, problem }) }))
  );
  expect(await screen.findByText(/^From 3 traces with 18 spans/)).toHaveTextContent(
    `From 3 traces with 18 spans, not all of them complete. ${problem}`
  );
});
