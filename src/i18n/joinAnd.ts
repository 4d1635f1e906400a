import { t } from './t.ts';

/** `a and b`. */
export const joinAnd = (words: readonly string[]): string => words.join(t('i18n.join-and.and', ' and '));
