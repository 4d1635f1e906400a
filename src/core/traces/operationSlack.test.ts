import { createOperationRooms, leastSlack, operationDrag } from './operationSlack.ts';
import { traceOf } from './testTrace.fixture.ts';

/** `slow` holds the root up, `quick` beside it ends 30 earlier; nobody waits for `later`. */
const shop = (slow: number) =>
  traceOf([
    { id: '1', name: 'root', kind: 'server', from: 0, to: 100 },
    { id: '2', name: 'slow', parent: '1', kind: 'client', from: 10, to: 10 + slow },
    { id: '3', name: 'quick', parent: '1', kind: 'client', from: 10, to: slow - 20 },
    { id: '4', name: 'later', parent: '1', kind: 'producer', from: 10, to: 5_000_000 },
  ]);
const named = (operation: string) => ({ service: 'shop', operation });

it('tells the least slack of each operation, and what would be saved without it', () => {
  expect([...leastSlack(shop(80)).values()]).toEqual([0, 0, 30]);
  expect(['slow', 'quick', 'later'].map((name) => operationDrag(shop(80), named(name)))).toEqual([30, 0, 0]);
});

it('tells over many traces the median slack, and the mean of what would be saved', () => {
  const rooms = createOperationRooms([named('slow'), named('later')]);
  [shop(80), shop(60), traceOf([{ id: '1', name: 'root', from: 0, to: 10 }])].forEach(rooms.add);
  expect(rooms.of(named('slow'))).toEqual({ slackNs: 0, savesNs: 20 });
  expect(rooms.of(named('quick'))).toEqual({ slackNs: 30, savesNs: null });
  expect(rooms.of(named('later'))).toEqual({ slackNs: null, savesNs: 0 });
});

it('says nothing of no trace', () => {
  expect(createOperationRooms([named('slow')]).of(named('slow'))).toEqual({ slackNs: null, savesNs: null });
});
