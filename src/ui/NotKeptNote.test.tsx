import { render, screen } from '@testing-library/react';
import { days, epochMs, minutes } from '../core/units.ts';
import { DisplayContext } from './display.ts';
import { NotKeptNote } from './NotKeptNote.tsx';

const since = epochMs(Date.UTC(2026, 10, 21, 23, 2, 7, 123));

it.each([
  [days(15), 'utc', 'Loki keeps its data for 15 d: data from before 2026-11-21 23:02:07 is no longer there.'],
  [
    ...[minutes(90), 'Europe/Berlin'],
    'Loki keeps its data for 1 h 30 m: data from before 2026-11-22 00:02:07 is no longer there.',
  ],
] as const)('says for how long and since when, in the zone of the viewer: %#', (keeps, timeZone, words) => {
  render(
    <DisplayContext.Provider value={{ timeZone }}>
      <NotKeptNote notKept={{ source: 'Loki', keeps, since }} />
    </DisplayContext.Provider>
  );
  expect(screen.getByText(words)).toBeInTheDocument();
});

it('says nothing where all is kept', () => {
  const { container } = render(<NotKeptNote notKept={null} />);
  expect(container).toBeEmptyDOMElement();
});
