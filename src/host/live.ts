import type { QueryClient } from '@tanstack/react-query';
import { ApiError, type ApiErrorCode } from '../api/apiError.ts';
import type { ChangeFeed } from './changes.ts';
import { touchedBy } from './topics.ts';

export interface LiveState {
  /** Epoch ms of the engine's last answer to the change poll; null before the first. */
  readonly contactAt: number | null;
  /** Why there is no contact now; null when there is. */
  readonly lost: string | null;
  readonly paused: boolean;
}

/** @param isTouched whether answers of a resource, such as `alerts`, are old now */
export type TouchListener = (isTouched: (resource: string) => boolean) => void;

export interface Live {
  readonly state: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** While paused nothing on the page changes by itself; resuming brings everything up to date. */
  readonly setPaused: (paused: boolean) => void;
  /** Hears when answers became old, for what is not kept as an answer; returns the function that ends it. */
  readonly onTouched: (listener: TouchListener) => () => void;
  /** Ties the feed to the answers kept on this page; returns the function that unties it. */
  readonly connect: () => () => void;
}

/** The engine was not reached; what it answers is none of these. */
const UNANSWERED: ReadonlySet<ApiErrorCode> = new Set<ApiErrorCode>([
  'network',
  'engine_unreachable',
  'engine_timeout',
  'not_an_engine',
  'relay_not_configured',
  'relay_rejected',
  'relay_unavailable',
  'relay_missing',
  'datasource_missing',
  'grafana_unreachable',
]);

/** Lets changes of the engine make the page's answers old, and knows how fresh the page is. */
export function createLive(feed: ChangeFeed, queries: QueryClient, now: () => number = Date.now): Live {
  let state: LiveState = { contactAt: null, lost: null, paused: false };
  const listeners = new Set<() => void>();
  const touchListeners = new Set<TouchListener>();

  function set(change: Partial<LiveState>): void {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  }

  function invalidate(resources: ReadonlySet<string> | 'all'): void {
    const isTouched = (resource: string): boolean => resources === 'all' || resources.has(resource);
    const predicate = ({ queryKey: [resource] }: { queryKey: readonly unknown[] }): boolean =>
      typeof resource === 'string' && isTouched(resource);
    void queries.invalidateQueries({ predicate });
    touchListeners.forEach((listener) => listener(isTouched));
  }

  /** A call that had no answer may have ended after the feed had found the engine again. */
  function askUnansweredAgain(): void {
    const predicate = ({ state: { error } }: { state: { error: unknown } }): boolean =>
      error instanceof ApiError && UNANSWERED.has(error.code);
    // What is being asked already goes on: begun anew at every contact, a slow answer would never come.
    void queries.invalidateQueries({ predicate }, { cancelRefetch: false });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onTouched(listener) {
      touchListeners.add(listener);
      return () => void touchListeners.delete(listener);
    },
    setPaused(paused) {
      set({ paused });
      if (!paused) {
        invalidate('all');
      }
    },
    connect: () =>
      feed.subscribe((event) => {
        if (event.kind === 'contact') {
          const wasLost = state.lost !== null;
          set({ contactAt: now(), lost: null });
          if (!state.paused) {
            if (wasLost) {
              invalidate('all');
            } else {
              askUnansweredAgain();
            }
          }
        } else if (event.kind === 'lost') {
          set({ lost: event.reason });
        } else if (!state.paused) {
          invalidate(event.kind === 'reload' ? 'all' : touchedBy(event.topics));
        }
      }),
  };
}
