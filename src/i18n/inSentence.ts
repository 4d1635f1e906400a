import { t } from './t.ts';

/** A word or two as they stand within a sentence: small, but in languages whose nouns begin with a capital, which say `as-it-is`. */
export function inSentence(words: string): string {
  return t('i18n.in-sentence.case', 'lower') === 'lower' ? words.toLowerCase() : words;
}
