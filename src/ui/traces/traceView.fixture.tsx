import { createTheme, ThemeContext } from '@grafana/data';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentType } from 'react';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { drawTrace, exceptionEvent, type DrawnSpan } from '../../core/traces/drawTrace.fixture.ts';
import type { Trace } from '../../core/traces/trace.ts';
import type { TraceViewProps } from './traceView.ts';

const MS = 1_000_000;

/** A checkout of 100 ms, in which the card is declined, and which sends a mail that nobody waits for. Times in ms. */
export const CHECKOUT: readonly DrawnSpan[] = [
  { id: 'root', name: 'POST /checkout', service: 'shop', kind: 'server', from: 0, to: 100, failed: true },
  { id: 'price', parent: 'root', name: 'price order', service: 'shop', from: 0, to: 20 },
  { id: 'call', parent: 'root', name: 'POST /pay', service: 'shop', kind: 'client', from: 20, to: 90, failed: true },
  {
    ...{ id: 'pay', parent: 'call', name: 'POST /pay', service: 'payments', kind: 'server', from: 25, to: 85 },
    failed: true,
    attributes: [['card.brand', 'visa']],
    events: [exceptionEvent('CardDeclined', 'limit of 500 exceeded', 'CardDeclined: limit\n    at charge (pay.js:7)')],
  },
  { id: 'mail', parent: 'root', name: 'send mail', service: 'mail', kind: 'consumer', from: 95, to: 160 },
];

export const trace = (spans: readonly DrawnSpan[] = CHECKOUT): Trace => drawTrace(spans, MS);

export interface ShownView {
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Spans as they were selected, by name. */
  readonly selected: string[];
}

/** Shows a view of a trace that keeps its selection, as a page does. */
export function showView(
  View: ComponentType<TraceViewProps>,
  of: Trace = trace(),
  at: number | null = null
): ShownView {
  const user = userEvent.setup();
  const selected: string[] = [];
  function Page() {
    const [span, setSpan] = useState(at);
    return (
      <View
        trace={of}
        path={criticalPath(of)}
        selected={span}
        onSelect={(next) => {
          selected.push(next === null ? 'none' : (of.names[of.name[next] ?? -1] ?? ''));
          setSpan(next);
        }}
      />
    );
  }
  render(
    <ThemeContext.Provider value={createTheme()}>
      <Page />
    </ThemeContext.Provider>
  );
  return { user, selected };
}

/** jsdom lays nothing out: as if each element were so wide. */
export const asWideAs = (width: number): jest.SpyInstance =>
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, width, 400));
