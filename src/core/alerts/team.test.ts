import { teamOf } from './team.ts';

it.each([
  ['the label team', { team: 'shop', service: 'checkout' }, 'shop'],
  ['the owner, where there is no team', { owner: 'ada' }, 'ada'],
  ['the team before the owner', { owner: 'ada', team: 'shop' }, 'shop'],
  ['the owner, where the team is empty', { owner: 'ada', team: '' }, 'ada'],
  ['nobody, where neither says', { service: 'checkout' }, ''],
])('is %s', (_what, labels, team) => {
  expect(teamOf(labels)).toBe(team);
});
