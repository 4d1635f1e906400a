import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { realTiming } from '../api/client.ts';
import { getChanges } from '../api/system.ts';
import { createChangeFeed, sharedChangeFeed, type ChangeFeed } from './changes.ts';
import type { Host } from './host.ts';
import { HostContext } from './HostContext.ts';
import { createLive } from './live.ts';
import { Toasts } from './Toasts.tsx';
import { LiveContext } from './useLive.ts';

const LONG_POLL_SECONDS = 25;

/** The client repeats what is worth repeating, and the engine says when an answer is old. */
const createQueryClient = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 10_000, gcTime: 5 * 60_000 } } });

function feedOf({ client, engine }: Host): ChangeFeed {
  return sharedChangeFeed(engine, () =>
    createChangeFeed({
      poll: (since, signal) =>
        client.call(getChanges, since === undefined ? { wait: 0 } : { since, wait: LONG_POLL_SECONDS }, {
          signal,
          tries: 1,
        }),
      isVisible: () => document.visibilityState !== 'hidden',
      onVisibilityChange: (listener) => document.addEventListener('visibilitychange', listener),
      now: Date.now,
      random: Math.random,
      sleep: realTiming.sleep,
    })
  );
}

/** Everything that pages need around them: the host, the kept answers, the live feed, the notices. */
export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  const [{ queries, live }] = useState(() => {
    const client = createQueryClient();
    return { queries: client, live: createLive(feedOf(host), client) };
  });
  useEffect(() => live.connect(), [live]);
  return (
    <HostContext.Provider value={host}>
      <QueryClientProvider client={queries}>
        <LiveContext.Provider value={live}>
          <Toasts>{children}</Toasts>
        </LiveContext.Provider>
      </QueryClientProvider>
    </HostContext.Provider>
  );
}
