import { gzipSync } from 'node:zlib';
import { parseJson, readBody } from './body.ts';

const request = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers });
const gzipped = (body: Buffer): Request => request(new Uint8Array(body), { 'content-encoding': 'gzip' });

describe('readBody', () => {
  it('returns the bytes as they came', async () => {
    expect((await readBody(request('a\u00e9\n'), 100)).toString('utf8')).toBe('a\u00e9\n');
    expect(await readBody(new Request('http://localhost/', { method: 'POST' }), 100)).toHaveLength(0);
  });

  it('takes exactly the limit and not one byte more', async () => {
    expect(await readBody(request('x'.repeat(100)), 100)).toHaveLength(100);
    await expect(readBody(request('x'.repeat(101)), 100)).rejects.toMatchObject({
      code: 'too_large',
      message: 'The body is larger than 100 bytes.',
    });
  });

  it('stops reading at the limit instead of taking everything first', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const streaming = new Request('http://localhost/', {
      ...{ method: 'POST', body: endless, duplex: 'half' },
    } as RequestInit);
    await expect(readBody(streaming, 10_000)).rejects.toMatchObject({ code: 'too_large' });
    expect(sent).toBeLessThan(20_000);
  });

  it('unpacks gzip', async () => {
    const text = JSON.stringify({ alerts: Array.from({ length: 20 }, (_, n) => ({ n, text: `alert ${n}` })) });
    expect((await readBody(gzipped(gzipSync(text)), 10_000)).toString('utf8')).toBe(text);
  });

  it('refuses a bomb: small on the wire, huge when unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    await expect(readBody(gzipped(bomb), 5_000_000)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('refuses what is larger than the limit when unpacked, whatever the ratio', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251));
    await expect(readBody(gzipped(gzipSync(noise)), 4000)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('refuses damaged gzip and other encodings', async () => {
    const whole = gzipSync('{"alerts":[]}');
    for (const bytes of [Buffer.from('not gzip'), whole.subarray(0, -4), Buffer.alloc(0)]) {
      await expect(readBody(gzipped(bytes), 1000)).rejects.toMatchObject({
        code: 'invalid_input',
        message: 'The body is not valid gzip, as Content-Encoding says: it is damaged or broken off.',
      });
    }
    await expect(readBody(request('x', { 'content-encoding': 'br' }), 1000)).rejects.toMatchObject({
      code: 'unsupported_media_type',
      message: 'Content-Encoding "br" is not supported; expected gzip or none.',
    });
  });
});

describe('parseJson', () => {
  const parse = (text: string): unknown => parseJson(Buffer.from(text));

  it('reads JSON, and an empty body as an object without fields', () => {
    expect(parse('{"a":[1,"b"]}')).toEqual({ a: [1, 'b'] });
    expect(parse('')).toEqual({});
  });

  it('refuses what is not JSON or not UTF-8', () => {
    expect(() => parse('{a:1}')).toThrow('The body is not valid JSON in UTF-8.');
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('The body is not valid JSON in UTF-8.');
  });

  it('takes 32 levels and refuses what is nested deeper', () => {
    const nested = (levels: number): string => '['.repeat(levels) + '1' + ']'.repeat(levels);
    expect(() => parse(nested(32))).not.toThrow();
    expect(() => parse(nested(33))).toThrow('The body is nested deeper than 32 levels.');
  });
});
