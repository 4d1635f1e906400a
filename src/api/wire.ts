import { z } from 'zod';
import { joinTexts, splitTexts } from '../core/textList.ts';
import { durationMs, epochMs, formatDuration, parseDuration, type DurationMs, type EpochMs } from '../core/units.ts';

const domain = <T>(type: 'number'): z.ZodType<T, T> => z.custom<T>((value) => typeof value === type);

/** RFC 3339 on the wire, milliseconds inside. */
export const time = z.codec(
  z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time such as 2026-11-21T14:02:00Z' }),
  domain<EpochMs>('number'),
  {
    decode: (text) => epochMs(Date.parse(text)),
    encode: (at) => new Date(at).toISOString(),
  }
);

const isDuration = (text: string): boolean => parseDuration(text) !== undefined;

/** Prometheus duration on the wire, milliseconds inside. */
export const duration = z.codec(
  z.string().max(40).refine(isDuration, 'expected a duration such as 30s, 5m or 1h30m'),
  domain<DurationMs>('number'),
  {
    decode: (text) => parseDuration(text) ?? durationMs(0),
    encode: (value) => formatDuration(value),
  }
);

/** Integer in a query string. */
export const queryInteger = (min: number, max: number) =>
  z.codec(z.string().regex(/^-?\d{1,15}$/, 'expected an integer'), z.number().int().min(min).max(max), {
    decode: Number,
    encode: String,
  });

export const queryBoolean = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (value) => (value ? 'true' : 'false'),
});

/** Comma-separated list in a query string; a comma inside of an item is written `\,`. */
export const queryList = <T extends z.ZodType<string, string>>(item: T) =>
  z.codec(z.string().max(4096), z.array(item).max(200), {
    decode: (text) => splitTexts(text) as Array<z.input<T>>,
    encode: joinTexts,
  });

/** JSON numbers cannot carry NaN or infinities: they travel as null. Inside, zod's own `number` would refuse them. */
export const sampleValue = z.codec(z.number().nullable(), domain<number>('number'), {
  decode: (value) => value ?? Number.NaN,
  encode: (value) => (Number.isFinite(value) ? value : null),
});

export const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Limits of reliability: at most 64 labels, names up to 128 characters, values up to 2 KiB. */
export const labels = z
  .record(
    z.string().max(128).regex(LABEL_NAME, 'expected a label name: letters, digits and _, not starting with a digit'),
    z.string().max(2048)
  )
  .refine((value) => Object.keys(value).length <= 64, 'expected at most 64 labels');

/** That a part of what was asked for is older than what the source keeps; null where all of it is kept, or was found. */
export const notKept = z.object({ source: z.string(), keeps: duration, since: time }).nullable();

/** Labels as stored from any source: names may be any UTF-8, also `__proto__`, which zod's record leaves out. Used for answers only. */
export const storedLabels = z
  .custom<Record<string, string>>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((text) => typeof text === 'string'),
    'expected an object of names to text'
  )
  .meta({ type: 'object', additionalProperties: { type: 'string' } });

/** One line of text without control characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'expected one line of text without control characters');

/** A name that stands in paths and logs. */
export const identifier = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      'expected letters, digits, dot, dash or underscore, starting with a letter or digit'
    );

export const pathId = z.string().min(1).max(200);

/** http or https address, or empty for none. `javascript:` and the like never get stored. */
export const linkUrl = z
  .string()
  .trim()
  .max(2048)
  .refine((text) => text === '' || /^https?:\/\/[^\s]+$/i.test(text), 'expected an http or https address');

export const page = {
  limit: queryInteger(1, 1000).optional(),
  cursor: z.string().max(300).optional(),
};

/** A list by cursor: `next` is null on the last page. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
