import { screen } from '@testing-library/react';
import { ApiError } from '../../../api/apiError.ts';
import { listTeams, type AlertView } from '../../../api/alerts.ts';
import { renderPage } from '../../../host/fakeEngine.fixture.tsx';
import { alert } from '../alerts.fixture.tsx';
import { world } from '../alertsWorld.fixture.tsx';
import { useFilterOptions } from './useFilterOptions.ts';

const ALERTS = [alert('a', { labels: { team: 'shop' } }), alert('b', { service: '', labels: { owner: 'ada' } })];

function Options({ alerts }: { alerts: readonly AlertView[] }) {
  const { teams, services } = useFilterOptions(alerts);
  const lines = [...services, ...teams].map(({ label, description = '' }) => `${label} ${description}`.trim());
  return <p>{lines.join(' | ')}</p>;
}

it('offers what the engine knows and what only alerts have, each once, by name', async () => {
  renderPage(<Options alerts={ALERTS} />, { engine: world(ALERTS) });
  expect(await screen.findByText('checkout | ada | shop 2 open | web, EU')).toBeInTheDocument();
});

it('offers what the alerts have when the engine does not answer', async () => {
  const engine = world(ALERTS).on(listTeams, () => {
    throw new ApiError({ code: 'internal', status: 500, message: 'The store is locked.' });
  });
  renderPage(<Options alerts={ALERTS} />, { engine });
  expect(await screen.findByText('checkout | ada | shop')).toBeInTheDocument();
});
