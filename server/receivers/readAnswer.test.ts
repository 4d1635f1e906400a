import { epochMs } from '../../src/core/units.ts';
import { parseRetryAfter, readAnswer } from './readAnswer.ts';

const now = epochMs(Date.UTC(2026, 10, 21, 14, 0, 0));
const read = (status: number, retryAfter?: string) => readAnswer({ status, retryAfter }, now);

describe('readAnswer', () => {
  it.each([200, 201, 202, 204])('takes %i as delivered', (status) => {
    expect(read(status).ok).toBe(true);
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599])('tries again after %i', (status) => {
    expect(read(status)).toMatchObject({ ok: false, retryable: true });
  });

  it.each([301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422])('does not repeat after %i', (status) => {
    expect(read(status)).toMatchObject({ ok: false, retryable: false, retryAfterMs: null });
  });

  it('says what was answered', () => {
    expect(read(429, '30')).toEqual({
      ok: false,
      retryable: true,
      message: 'answered 429 Too Many Requests',
      retryAfterMs: 30_000,
    });
    expect(read(302).message).toBe('answered 302 Found; redirects are not followed');
    expect(read(599).message).toBe('answered 599');
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120_000],
    ['Sat, 21 Nov 2026 14:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 13:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    [undefined, null],
  ])('reads %p', (text, expected) => {
    expect(parseRetryAfter(text, now)).toBe(expected);
  });
});
