import { screen, waitFor, within } from '@testing-library/react';
import { createSilence, expireSilence } from '../../../api/routing.ts';
import { NOW } from '../alerts.fixture.tsx';
import { start, world } from '../alertsWorld.fixture.tsx';

jest.setTimeout(20_000);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('silences', () => {
  it('ends one after asking, and restores it by Undo', async () => {
    const engine = world([]);
    const { user } = start(engine, '/alerts?tab=silences');
    expect(await screen.findByText('1 silence is active; it keeps 1 open alert quiet.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'End now' }));
    const dialog = await screen.findByRole('dialog', { name: 'End silence' });
    expect(dialog).toHaveTextContent('Alerts that match service="checkout" notify again at once.');
    await user.click(within(dialog).getByRole('button', { name: 'End silence' }));
    await waitFor(() => expect(engine.calls(expireSilence)).toEqual([{ id: 's1' }]));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(engine.calls(createSilence)[0]).toMatchObject({ comment: 'maintenance' }));
  });

  it('is for looking only, for a viewer', async () => {
    start(world([], 'viewer'), '/alerts?tab=silences');
    await screen.findByText('maintenance');
    expect(screen.queryByRole('button', { name: 'End now' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Add silence' })).not.toBeInTheDocument();
  });
});
