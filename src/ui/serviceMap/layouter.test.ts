import { layoutMap } from '../../core/serviceMap/layout/layoutMap.ts';
import { createLayouter } from './layouter.ts';
import type { LayoutQuestion } from './layoutMessages.ts';

const INPUT = { nodes: ['a', 'b'], edges: [{ from: 'a', to: 'b' }] };
const PLACED = layoutMap(INPUT);

/** A worker that says what the test wants, when it wants. */
class FakeWorker extends EventTarget {
  readonly asked: LayoutQuestion[] = [];
  isOpen = true;
  postMessage(question: LayoutQuestion): void {
    this.asked.push(question);
  }
  terminate(): void {
    this.isOpen = false;
  }
}
const openFake = () => {
  const worker = new FakeWorker();
  return { worker, open: () => worker as unknown as Worker };
};

it('has the worker place, and takes each answer for its question', async () => {
  const { worker, open } = openFake();
  const layouter = createLayouter(open);
  const [first, second] = [layouter.place(INPUT, new Map()), layouter.place(INPUT, PLACED)];
  expect(worker.asked.map(({ number, known }) => [number, known.length])).toEqual([
    [1, 0],
    [2, 2],
  ]);
  const cell = (column: number) => [['a', { column, row: 0 }]];
  worker.dispatchEvent(new MessageEvent('message', { data: { number: 2, cells: cell(2) } }));
  worker.dispatchEvent(new MessageEvent('message', { data: { number: 1, cells: cell(1) } }));
  expect([...(await first).values(), ...(await second).values()].map(({ column }) => column)).toEqual([1, 2]);
  layouter.close();
  expect(worker.isOpen).toBe(false);
});

it('places here where no worker can be had', async () => {
  const layouter = createLayouter(() => undefined);
  expect(await layouter.place(INPUT, new Map())).toEqual(PLACED);
});

it('places here what a broken worker was asked, and all after it', async () => {
  const { worker, open } = openFake();
  const layouter = createLayouter(open);
  const waiting = layouter.place(INPUT, new Map());
  worker.dispatchEvent(new Event('error'));
  expect(await waiting).toEqual(PLACED);
  expect(await layouter.place(INPUT, new Map())).toEqual(PLACED);
  expect(worker.asked).toHaveLength(1);
});
