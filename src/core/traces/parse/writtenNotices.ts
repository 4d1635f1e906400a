import { NOTICE_CODES, type TraceNotice } from '../trace.ts';
import { isRecord, listOf, textOf, type JsonRecord } from './fields.ts';

/** As many as there are kinds of what can be lost, twice over; each as long as a sentence with an example. */
const MAX_NOTICES = 50;
const MAX_LETTERS = 2000;
const MAX_SPANS = 20;

export interface WrittenNotices {
  /** As it is written; undefined in files of before it was, whose notices may be of any of their traces. */
  readonly traceId: string | undefined;
  readonly list: readonly TraceNotice[];
}

/** What was known of a trace when `writeOtlpJson` wrote it, and cannot be seen from its spans any more; what is no notice is not one. */
export function noticesIn({ notices }: JsonRecord): WrittenNotices {
  const { traceId, list } = isRecord(notices) ? notices : { traceId: undefined, list: notices };
  return {
    traceId: typeof traceId === 'string' ? traceId : undefined,
    list: listOf(list).slice(0, MAX_NOTICES).flatMap(noticeOf),
  };
}

function noticeOf(given: unknown): readonly TraceNotice[] {
  if (!isRecord(given)) {
    return [];
  }
  const code = NOTICE_CODES.find((one) => one === given.code);
  const message = textOf(given.message).slice(0, MAX_LETTERS);
  const count = typeof given.count === 'number' && Number.isSafeInteger(given.count) ? given.count : 1;
  const spanIds = listOf(given.spanIds).filter((id) => typeof id === 'string');
  return code === undefined || message === ''
    ? []
    : [{ code, message, count: Math.max(1, count), spanIds: spanIds.slice(0, MAX_SPANS) }];
}
