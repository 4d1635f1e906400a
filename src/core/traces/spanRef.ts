import type { Trace } from './trace.ts';

/**
 * Names a span within its trace for an address: its id, and `~2` and so on for the further spans that share it (both halves of a call
 * may carry one id).
 */
export function spanRef({ spanIds }: Pick<Trace, 'spanIds'>, span: number): string {
  const id = spanIds[span] ?? '';
  let nth = 1;
  for (let at = spanIds.indexOf(id); at !== -1 && at < span; at = spanIds.indexOf(id, at + 1)) {
    nth += 1;
  }
  return nth === 1 ? id : `${id}~${nth}`;
}

/** The span that a name stands for, or null. */
export function findSpan({ spanIds }: Pick<Trace, 'spanIds'>, ref: string): number | null {
  const [, id = ref, nth = '1'] = /^(.*)~(\d+)$/s.exec(ref) ?? [];
  let at = spanIds.indexOf(id);
  for (let left = Number(nth); left > 1 && at !== -1; left -= 1) {
    at = spanIds.indexOf(id, at + 1);
  }
  return at === -1 ? null : at;
}
