import { isRecord, listOf } from '../../core/traces/parse/fields.ts';
import { FILTER_PARAMS } from './traceSearch.ts';

/** A search without its time range: its parameters, as the address writes them. */
export type RecentSearch = Readonly<Record<string, string>>;

const KEY = 'pharos.traceSearches';
const MOST = 8;
const NAMES = ['q', ...FILTER_PARAMS] as const;
const NOTHING: readonly RecentSearch[] = [];

const listeners = new Set<() => void>();
let read: { readonly text: string; readonly searches: readonly RecentSearch[] } = { text: '', searches: NOTHING };

/** What was searched for in this browser, the latest first; the same list until it changes. */
export function readRecent(): readonly RecentSearch[] {
  const text = readText();
  if (text !== read.text) {
    read = { text, searches: parse(text) };
  }
  return read.searches;
}

/** For `useSyncExternalStore`; other windows of the browser are heard too. */
export function subscribeToRecent(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The search that an address asks for; undefined where it asks for any trace. */
export function searchIn(get: (name: string) => string | undefined): RecentSearch | undefined {
  const query = get('q')?.trim();
  if (query !== undefined) {
    return /^\{\s*\}$/.test(query) ? undefined : { q: query };
  }
  const filter = FILTER_PARAMS.flatMap((name) => {
    const value = get(name);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return filter.length === 0 ? undefined : Object.fromEntries(filter);
}

/** Puts a search first. One that goes on from the latest, with more conditions, takes its place. */
export function remember(search: RecentSearch): void {
  const [latest, ...others] = readRecent();
  const earlier = latest === undefined || isWithin(latest, search) ? others : [latest, ...others];
  const searches = [search, ...earlier.filter((one) => !isSame(one, search))].slice(0, MOST);
  write(JSON.stringify(searches));
}

export const forgetAll = (): void => write('');

/** What to change in the address to search so again. */
export const changesTo = (search: RecentSearch): Record<string, string | null> =>
  Object.fromEntries(NAMES.map((name) => [name, search[name] ?? null]));

const isWithin = (part: RecentSearch, whole: RecentSearch): boolean =>
  Object.entries(part).every(([name, value]) => whole[name] === value);

const isSame = (one: RecentSearch, other: RecentSearch): boolean => isWithin(one, other) && isWithin(other, one);

function parse(text: string): readonly RecentSearch[] {
  try {
    return listOf(JSON.parse(text)).filter(isSearch).slice(0, MOST);
  } catch {
    return NOTHING;
  }
}

function isSearch(value: unknown): value is RecentSearch {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return (
    entries.length > 0 &&
    entries.every(([name, text]) => NAMES.some((one) => one === name) && typeof text === 'string' && text !== '')
  );
}

function readText(): string {
  try {
    return window.localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function write(text: string): void {
  try {
    window.localStorage.setItem(KEY, text);
  } catch {
    // Without storage nothing is remembered.
  }
  listeners.forEach((tell) => tell());
}
