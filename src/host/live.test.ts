import { QueryClient } from '@tanstack/react-query';
import { listAlerts } from '../api/alerts.ts';
import { listTokens } from '../api/access.ts';
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
    expect(topicsOf({ path: '/api/v1/thresholds/{id}' })).toEqual(['thresholds']);
    expect(topicsOf({ path: '/api/v1/metrics/query' })).toEqual([]);
  });

  it('touch what shows the same things', () => {
    expect([...touchedBy(['silences'])]).toEqual(['silences', 'alerts', 'history']);
  });
});
