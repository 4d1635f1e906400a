import { TRANSITION_KINDS } from '../core/alerts/transition.ts';
import { TRANSITION_WORDS } from '../core/alerts/transitionWords.ts';
import { transitionTitle } from './transitionTitle.ts';

it('calls each kind of event what the engine calls it', () => {
  expect(Object.fromEntries(TRANSITION_KINDS.map((kind) => [kind, transitionTitle(kind)]))).toEqual(TRANSITION_WORDS);
});
