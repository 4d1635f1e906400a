import { sampleAlert } from './store/testing/samples.ts';
import { parsePayload } from './notifyPayload.ts';

const payload = JSON.parse(JSON.stringify({ kind: 'fired', reason: 'above 0.8', at: 1, alert: sampleAlert() }));

it('reads what the engine has written, whole', () => {
  expect(parsePayload({ id: '7', payload })).toEqual(payload);
});

it.each([
  ['a kind that is none', { ...payload, kind: 'acknowledged' }],
  ['no alert', { ...payload, alert: undefined }],
  ['an alert without a summary', { ...payload, alert: { id: 'a' } }],
  ['no time', { ...payload, at: undefined }],
  ['nothing', null],
])('names the job that holds %s', (_what, wrong) => {
  expect(() => parsePayload({ id: '7', payload: wrong })).toThrow('job 7 holds no notification');
});
