import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Live, LiveState } from './live.ts';

export const LiveContext = createContext<Live | undefined>(undefined);

/** How fresh the page is, and the switch that holds it still. */
export function useLive(): LiveState & Pick<Live, 'setPaused'> {
  const live = useContext(LiveContext);
  if (live === undefined) {
    throw new Error('useLive: expected a HostProvider around this component');
  }
  return { ...useSyncExternalStore(live.subscribe, live.state), setPaused: live.setPaused };
}
