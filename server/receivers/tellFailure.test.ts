import { EngineError } from '../errors.ts';
import { failureOf } from './poster.ts';
import { tellFailure } from './tellFailure.ts';

const { signal } = new AbortController();

const told = (error: Error): string => tellFailure(`pager could not be notified: ${failureOf(error, signal).message}`);

it('leaves out what the guard says of an address', () => {
  const refusal = new EngineError('guarded_address', 'chat.corp leads to 10.0.0.7, which is a private address');
  expect(failureOf(refusal, signal).message).toBe(
    'its address is refused: chat.corp leads to 10.0.0.7, which is a private address'
  );
  expect(told(refusal)).toBe('pager could not be notified: its address is refused');
});

it.each([
  ['connect ECONNREFUSED 10.0.0.7:8443', 'connect ECONNREFUSED [address]'],
  ['getaddrinfo ENOTFOUND chat.corp', 'getaddrinfo ENOTFOUND [address]'],
  ['no address is known for chat.corp', 'no address is known for [address]'],
])('keeps what happened, and not where: %s', (message, without) => {
  expect(told(new Error(message))).toBe(`pager could not be notified: could not be reached: ${without}`);
});

it.each(['answered 503 Service Unavailable', 'not tried: it failed 5 times in a row and is given time to recover'])(
  'leaves alone what names no address: %s',
  (message) => {
    expect(tellFailure(message)).toBe(message);
  }
);
