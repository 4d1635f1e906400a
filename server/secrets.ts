import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { Json } from '../src/core/json.ts';

/** Encryption of receivers' and sources' secrets, and signatures of the engine for itself. */
export interface Secrets {
  /** AES-256-GCM; the text names its version, so that keys can be rotated later. */
  encrypt(value: Json): string;
  /** Throws when the key is another one or the text was changed. */
  decrypt(text: string): Json;
  /** HMAC-SHA-256, hex, by a key of its own. */
  sign(text: string): string;
}

const VERSION = 'v1';

/** @param key at least 32 bytes of any text, from `PHAROS_SECRET_KEY` */
export function createSecrets(key: string): Secrets {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'pharos receiver secrets', 32));
  const signing = Buffer.from(hkdfSync('sha256', key, '', 'pharos audit witness', 32));
  return {
    sign: (text) => createHmac('sha256', signing).update(text).digest('hex'),
    encrypt(value) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derived, iv);
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return [
        VERSION,
        iv.toString('base64url'),
        body.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
      ].join('.');
    },
    decrypt(text) {
      const [version, iv, body, tag] = text.split('.');
      if (version !== VERSION || iv === undefined || body === undefined || tag === undefined) {
        throw new Error(`expected an encrypted secret of version ${VERSION}`);
      }
      const decipher = createDecipheriv('aes-256-gcm', derived, Buffer.from(iv, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      const clear = Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]);
      return JSON.parse(clear.toString('utf8')) as Json;
    },
  };
}

/** SHA-256, hex: tokens have 256 bits of their own, so a slow hash would add nothing. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Compares without telling by time where the texts differ. */
export function safeEqual(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}

export const randomToken = (bytes: number): string => randomBytes(bytes).toString('base64url');
