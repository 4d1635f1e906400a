import { placeNodes } from '../../core/serviceMap/layout/placeNodes.ts';
import type { LayoutAnswer, LayoutQuestion } from './layoutMessages.ts';

addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const cells = placeNodes(data.input, new Map(data.known));
  const answer: LayoutAnswer = { number: data.number, cells: [...cells] };
  postMessage(answer);
});
