import { useRef } from 'react';
import type { PharosQuery } from '../query.ts';

/**
 * Hands on each change of a query once. In Grafana 12.4 a combobox repeats a choice at every rendering until its own value has followed;
 * Explore renders before it has, so that each repetition would bring the next, until React gives up (error 185) and all of Explore with it.
 */
export function useEachOnce(query: PharosQuery, send: (changed: PharosQuery) => void): (changed: PharosQuery) => void {
  const sent = useRef('');
  return (changed) => {
    const from = JSON.stringify(query);
    const to = JSON.stringify(changed);
    const step = `${from}\n${to}`;
    if (from !== to && step !== sent.current) {
      sent.current = step;
      send(changed);
    }
  };
}
