import type { z } from 'zod';
import type { FieldError } from '../errors.ts';
import type { DeliveryResult, Notification, ReceiverSettings, SettingField } from './receiver.ts';
import type { ReceiverIo } from './receiverIo.ts';

/** One kind of receiver with its settings hidden: what the table holds. */
export interface ReceiverKind {
  readonly fields: readonly SettingField[];
  /** For one whole delivery, in ms; below the lease of a job. */
  readonly timeoutMs: number;
  /** Names of the settings that hold addresses, to be checked when they are saved. */
  readonly urlSettings: readonly string[];
  /** What is wrong with the settings, by field; empty when nothing is. Texts never repeat a value. */
  check(settings: ReceiverSettings): readonly FieldError[];
  /** Settings must have passed `check`; else the result says so. */
  send(settings: ReceiverSettings, notification: Notification, io: ReceiverIo): Promise<DeliveryResult>;
}

interface Definition<S extends z.ZodType> {
  readonly schema: S;
  readonly fields: readonly SettingField[];
  readonly urlSettings?: readonly string[];
  readonly timeoutMs?: number;
  send(settings: z.output<S>, notification: Notification, io: ReceiverIo): Promise<DeliveryResult>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Joins schema, form fields and sending of one kind, so that its settings have a type inside and none outside. */
export function receiverKind<S extends z.ZodType>(definition: Definition<S>): ReceiverKind {
  const { schema, fields, send, urlSettings = [], timeoutMs = DEFAULT_TIMEOUT_MS } = definition;
  const check = (settings: ReceiverSettings): readonly FieldError[] => {
    const issues = schema.safeParse(settings).error?.issues ?? [];
    return issues.map(({ path, message }) => ({ path: ['settings', ...path].join('.'), message }));
  };
  return {
    fields,
    timeoutMs,
    urlSettings,
    check,
    async send(settings, notification, io) {
      const parsed = schema.safeParse(settings);
      if (parsed.success) {
        return send(parsed.data, notification, io);
      }
      const [first] = check(settings);
      const message = `its settings are not usable: ${first?.path ?? 'settings'}: ${first?.message ?? 'not valid'}`;
      return { ok: false, retryable: false, message, retryAfterMs: null };
    },
  };
}
