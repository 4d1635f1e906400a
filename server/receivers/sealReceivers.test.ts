import pino from 'pino';
import { createSecrets } from '../secrets.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { sampleReceiver } from '../store/testing/samples.ts';
import { sealReceivers } from './sealReceivers.ts';

const secrets = createSecrets('k'.repeat(32));
const url = 'https://hooks.example/key-of-a-channel';
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

let store: TestStore;
let logged: string[];
beforeEach(async () => {
  store = await createTestStore();
  logged = [];
});
afterEach(() => store.dispose());

const seal = () =>
  sealReceivers({ store, secrets, log: pino({ base: null }, { write: (line) => void logged.push(line) }) });

/** As an older version has left them. */
const older = [
  sampleReceiver({ name: 'plain', settings: { url, basicUser: 'ops' }, secrets: '' }),
  sampleReceiver({ name: 'signed', namespace: 'org-2', settings: { url }, secrets: secrets.encrypt({ secret }) }),
  sampleReceiver({
    name: 'pager',
    kind: 'pagerduty',
    settings: { url: 'https://events.eu.pagerduty.com/' },
    secrets: '',
  }),
];

it('encrypts the addresses that stand in the clear, in every namespace, beside what is encrypted already', async () => {
  await store.write(async (tx) => {
    for (const receiver of older) {
      await tx.receivers.save(receiver);
    }
  });
  await seal();
  const all = await store.read.receivers.listAll();
  expect(all.map(({ name, settings, secrets: text }) => [name, settings, text && secrets.decrypt(text)])).toEqual([
    ['pager', { url: 'https://events.eu.pagerduty.com/' }, ''],
    ['plain', { basicUser: 'ops' }, { url }],
    ['signed', {}, { url, secret }],
  ]);
  expect(all.map(({ updatedAt, updatedBy }) => [updatedAt, updatedBy])).toEqual(
    older.map(({ updatedAt, updatedBy }) => [updatedAt, updatedBy])
  );
  expect(logged.join('')).toMatch(/"receivers":\["plain","signed"\].*have been encrypted/);
  expect(logged.join('')).not.toContain('key-of-a-channel');
});

it('has nothing to do the second time', async () => {
  await store.write((tx) => tx.receivers.save(sampleReceiver({ settings: { url }, secrets: '' })));
  await seal();
  const [before] = await store.read.receivers.listAll();
  const write = jest.spyOn(store, 'write');
  await seal();
  expect(write).not.toHaveBeenCalled();
  expect(await store.read.receivers.listAll()).toEqual([before]);
});

it('leaves those whose secrets another key wrote, and says so', async () => {
  const foreign = sampleReceiver({ settings: { url }, secrets: createSecrets('o'.repeat(32)).encrypt({ secret }) });
  await store.write((tx) => tx.receivers.save(foreign));
  await seal();
  expect(await store.read.receivers.listAll()).toEqual([foreign]);
  expect(logged.join('')).toMatch(/"receivers":1.*another key wrote/);
});
