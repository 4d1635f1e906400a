import type { EpochMs } from '../units.ts';

/** How one person wants to see a page: its filters, order and grouping under a name. */
export interface SavedView {
  readonly id: string;
  readonly namespace: string;
  /** See `personOf`. */
  readonly person: string;
  readonly page: string;
  readonly name: string;
  /** Parameters of the page's address. */
  readonly params: Readonly<Record<string, string>>;
  /** The page opens with it; at most one of a person and page. */
  readonly isDefault: boolean;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** What two names have in common that a person would take for the same. */
export const viewNameKey = (name: string): string => name.normalize('NFC').toLowerCase();
