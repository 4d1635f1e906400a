import type { SourceView } from '../../api/access.ts';
import { SOURCE_KIND_WORDS } from './sourceKinds.ts';

/** `4 sources, all answer.`, or which do not. */
export function sourcesSentence(sources: readonly SourceView[], seesAddresses: boolean): string {
  const silent = sources.filter(({ status }) => status === 'down' || status === 'degraded');
  const count = `${sources.length} source${sources.length === 1 ? '' : 's'}`;
  const state =
    silent.length === 0
      ? `${count}; nothing is wrong with ${sources.length === 1 ? 'it' : 'them'}.`
      : `${silent.length} of ${count} ${silent.length === 1 ? 'is' : 'are'} in trouble: ${silent
          .map(({ name, kind, status }) => `${name} (${SOURCE_KIND_WORDS[kind].label}, ${status})`)
          .join(', ')}.`;
  return seesAddresses ? state : `${state} Only an admin sees their addresses and can change them.`;
}
