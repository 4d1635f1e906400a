import userEvent from '@testing-library/user-event';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Traces } from './Traces.tsx';
import { NOW, world } from './tracesWorld.fixture.ts';

/** The page at an address, in front of an engine that has three traces. */
export const startTraces = (at = '/traces', engine = world()) => ({
  engine,
  ...renderPage(<Traces />, { engine, at }),
  user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
});

/** Time stands at the traces' own for each test of the file; jsdom lays nothing out and captures no pointer. */
export function setTheScene(): void {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW, advanceTimers: true });
    jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 600, 220));
    Element.prototype.setPointerCapture = () => undefined;
    const draw = new Proxy({}, { get: () => () => ({ width: 60 }), set: () => true });
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(draw as never);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
}
