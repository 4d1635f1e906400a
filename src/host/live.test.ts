import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { listAlerts } from '../api/alerts.ts';
import { listTokens } from '../api/access.ts';
import { ApiError } from '../api/apiError.ts';
import { listServices } from '../api/system.ts';
import type { ChangeListener } from './changes.ts';
import { createLive } from './live.ts';
import { operationKey, resourceOf, topicsOf, touchedBy } from './topics.ts';

function world() {
  const queries = new QueryClient();
  for (const contract of [listAlerts, listServices, listTokens]) {
    queries.setQueryData(operationKey(contract, {}), {});
  }
  let tell: ChangeListener = () => undefined;
  let now = 1000;
  const live = createLive(
    {
      subscribe: (listener) => {
        tell = listener;
        return () => (tell = () => undefined);
      },
    },
    queries,
    () => now
  );
  live.connect();
  return {
    live,
    queries,
    tell: (...args: Parameters<ChangeListener>) => tell(...args),
    at: (ms: number) => (now = ms),
    old: () =>
      [listAlerts, listServices, listTokens]
        .filter((contract) => queries.getQueryState(operationKey(contract, {}))?.isInvalidated)
        .map(({ name }) => name),
  };
}

describe('createLive', () => {
  it('makes old what a change touches, and nothing else', () => {
    const { tell, old } = world();
    tell({ kind: 'changed', topics: ['alerts'] });
    expect(old()).toEqual(['listAlerts', 'listServices']);
  });

  it('makes everything old when too much was missed', () => {
    const { tell, old } = world();
    tell({ kind: 'reload' });
    expect(old()).toEqual(['listAlerts', 'listServices', 'listTokens']);
  });

  it('holds still while paused, and catches up after', () => {
    const { live, tell, old } = world();
    live.setPaused(true);
    tell({ kind: 'changed', topics: ['alerts'] });
    tell({ kind: 'reload' });
    expect(old()).toEqual([]);
    live.setPaused(false);
    expect(old()).toEqual(['listAlerts', 'listServices', 'listTokens']);
  });

  it('knows when it last had contact, and catches up after losing it', () => {
    const { live, tell, at, old } = world();
    expect(live.state()).toEqual({ contactAt: null, lost: null, paused: false });
    tell({ kind: 'contact' });
    at(5000);
    tell({ kind: 'lost', reason: 'no answer' });
    expect(live.state()).toEqual({ contactAt: 1000, lost: 'no answer', paused: false });
    expect(old()).toEqual([]);
    tell({ kind: 'contact' });
    expect(live.state()).toEqual({ contactAt: 5000, lost: null, paused: false });
    expect(old()).toHaveLength(3);
  });
});

it('asks again at the next contact what had no answer, and leaves refusals alone', async () => {
  const { tell, queries } = world();
  tell({ kind: 'contact' });
  const asked: string[] = [];
  const ends = ['engine_timeout', 'forbidden'].map((code) => {
    const queryFn = () => {
      asked.push(code);
      return Promise.reject(new ApiError({ code, status: 502, message: code }));
    };
    const observer = new QueryObserver(queries, { queryKey: [code], queryFn, retry: false });
    return new Promise<() => void>((resolve) => {
      const end = observer.subscribe(({ isError }) => isError && resolve(end));
    });
  });
  const observed = await Promise.all(ends);
  tell({ kind: 'contact' });
  expect(asked).toEqual(['engine_timeout', 'forbidden', 'engine_timeout']);
  observed.forEach((end) => end());
});

it('tells others too which answers are old', () => {
  const { live, tell } = world();
  const heard: boolean[][] = [];
  const end = live.onTouched((isTouched) => heard.push([isTouched('alerts'), isTouched('tokens')]));
  tell({ kind: 'changed', topics: ['silences'] });
  tell({ kind: 'reload' });
  end();
  tell({ kind: 'reload' });
  expect(heard).toEqual([
    [true, false],
    [true, true],
  ]);
});

describe('topics', () => {
  it('go by the resource in the path', () => {
    expect(resourceOf({ path: '/api/v1/alerts/{id}/acknowledge' })).toBe('alerts');
    expect(resourceOf({ path: '/api/v1/alerts/{id}/evidence' })).toBe('evidence');
    expect(topicsOf({ path: '/api/v1/thresholds/{id}' })).toEqual(['thresholds']);
    expect(topicsOf({ path: '/api/v1/metrics/query' })).toEqual([]);
  });

  it('touch what shows the same things', () => {
    expect([...touchedBy(['silences'])]).toEqual(['silences', 'alerts', 'history']);
  });
});
