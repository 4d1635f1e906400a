import type { Cell, LayoutInput } from '../../core/serviceMap/layout/layoutMap.ts';
import { placeNodes } from '../../core/serviceMap/layout/placeNodes.ts';
import { withResolvers } from '../withResolvers.ts';
import type { LayoutAnswer, LayoutQuestion } from './layoutMessages.ts';

type Cells = ReadonlyMap<string, Cell>;

/** Places nodes, off the main thread where the browser lets us. */
export interface Layouter {
  place(input: LayoutInput, known: Cells): Promise<Cells>;
  close(): void;
}

/** @param open gives undefined where no worker can be had */
export function createLayouter(open: () => Worker | undefined): Layouter {
  const waiting = new Map<number, { readonly question: LayoutQuestion; readonly answer: (cells: Cells) => void }>();
  let asked = 0;
  let worker = open();

  const placeHere = ({ input, known }: LayoutQuestion): Cells => placeNodes(input, new Map(known));
  const giveUp = (): void => {
    worker?.terminate();
    worker = undefined;
    for (const { question, answer } of waiting.values()) {
      answer(placeHere(question));
    }
    waiting.clear();
  };
  worker?.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
    waiting.get(data.number)?.answer(new Map(data.cells));
    waiting.delete(data.number);
  });
  worker?.addEventListener('error', giveUp);

  return {
    place(input, known) {
      const question: LayoutQuestion = { number: (asked += 1), input, known: [...known] };
      if (worker === undefined) {
        return Promise.resolve(placeHere(question));
      }
      const { promise, resolve } = withResolvers<Cells>();
      waiting.set(question.number, { question, answer: resolve });
      worker.postMessage(question);
      return promise;
    },
    close: () => worker?.terminate(),
  };
}
