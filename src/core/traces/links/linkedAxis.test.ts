import { linkedAxis, placeOn, ranIn, waitedIn, type TimedLink } from './linkedAxis.ts';

const before: TimedLink = { trace: { startNs: -300, durationNs: 100 }, handedOverNs: -250, queueWaitNs: 260 };
const after: TimedLink = { trace: { startNs: 400, durationNs: 300 }, handedOverNs: 90, queueWaitNs: 310 };
const unread: TimedLink = { trace: null, handedOverNs: null, queueWaitNs: null };

it('has room for the trace, all that is linked with it, and the waits', () => {
  expect(linkedAxis(100, [before, after, unread])).toEqual({ fromNs: -300, toNs: 700 });
  expect(linkedAxis(100, [unread])).toEqual({ fromNs: 0, toNs: 100 });
  const lateWait = { ...unread, handedOverNs: 50, queueWaitNs: 1000 };
  expect(linkedAxis(100, [lateWait])).toEqual({ fromNs: 0, toNs: 1050 });
});

it('places what ran and what waited on it', () => {
  const axis = linkedAxis(100, [before, after]);
  expect(ranIn(after)).toEqual({ fromNs: 400, toNs: 700 });
  expect(waitedIn(before)).toEqual({ fromNs: -250, toNs: 10 });
  expect(placeOn(axis, { fromNs: 0, toNs: 100 })).toEqual({ left: 0.3, width: 0.1 });
  expect([ranIn(unread), waitedIn(unread)]).toEqual([null, null]);
  expect(placeOn({ fromNs: 0, toNs: 0 }, { fromNs: 0, toNs: 0 })).toEqual({ left: 0, width: 0 });
});
