import { act, screen } from '@testing-library/react';
import { getMe } from '../api/access.ts';
import { ApiError } from '../api/apiError.ts';
import { getChanges } from '../api/system.ts';
import { LoadState } from '../ui/LoadState.tsx';
import { fakeEngine, renderPage } from './fakeEngine.fixture.tsx';
import { useOperation } from './useOperation.ts';

function Page() {
  const query = useOperation(getMe, {});
  return (
    <>
      <LoadState what="The account" query={query} height={20} />
      {query.data && <p>signed in as {query.data.name}</p>}
    </>
  );
}

beforeEach(() => {
  jest.useFakeTimers({ advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

it('loads a page by itself once the engine, which was down when it opened, answers', async () => {
  let isUp = false;
  const check = () => {
    if (!isUp) {
      throw new ApiError({ code: 'engine_unreachable', status: 502, message: 'Nothing answers at 127.0.0.1:8686.' });
    }
  };
  const engine = fakeEngine()
    .on(getChanges, ({ since }) => {
      check();
      return since === undefined ? { cursor: 'c1', topics: [], ids: [] } : new Promise(() => undefined);
    })
    .on(getMe, () => {
      check();
      return { subject: 's', name: 'Ada', role: 'viewer' as const, namespace: 'default' };
    });
  renderPage(<Page />, { engine });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The account could not be loaded' + 'Nothing answers at 127.0.0.1:8686. Nothing was lost. An admin should check'
  );
  isUp = true;
  await act(() => jest.advanceTimersByTimeAsync(30_000));
  expect(screen.getByText('signed in as Ada')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
