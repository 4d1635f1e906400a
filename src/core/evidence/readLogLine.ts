import type { Labels } from '../labels.ts';
import { ownValue } from '../ownValue.ts';
import type { LogEntry, LogLine } from './evidence.ts';
import { parseLogLevel, type LogLevel } from './logLevel.ts';

/** Beyond this a line is cut: one stack trace or request body must not outweigh all other lines. */
export const LONGEST_LINE = 2000;
const LONGEST_MESSAGE = 500;

const LEVEL_FIELDS = ['level', 'severity', 'severity_text', 'lvl', 'detected_level'] as const;
const MESSAGE_FIELDS = ['msg', 'message', 'body', 'log', 'event'] as const;
const TRACE_FIELDS = ['trace_id', 'traceid', 'traceId', 'traceID', 'trace.id'] as const;

/** 64 or 128 bits in hexadecimal digits, not all zero. */
const TRACE_ID = /^(?!0+$)[0-9a-f]{16}(?:[0-9a-f]{16})?$/i;
const TRACE_IN_TEXT = /\btrace[-_. ]?id["']?\s*[:=]\s*["']?([0-9a-f]{16}(?:[0-9a-f]{16})?)(?![0-9a-f])/i;
const LEVEL_IN_TEXT = /\b(?:level|severity|lvl)["']?\s*[:=]\s*["']?([a-z]+|[1-6]0)\b/i;
const MESSAGE_IN_TEXT = /\b(?:msg|message)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/;

type Fields = Readonly<Record<string, unknown>>;

/** What a line means: level, message and trace, from its labels and metadata, else from its own JSON or `name=value` fields. */
export function readLogLine({ at, line, labels }: LogEntry): LogLine {
  const fields = fieldsOf(line);
  const kept = cutAt(line, LONGEST_LINE);
  return {
    at,
    level: levelOf(line, labels, fields),
    message: cutAt(messageOf(line, fields), LONGEST_MESSAGE),
    line: kept,
    cut: line.length - kept.length,
    traceId: traceOf(line, labels, fields),
  };
}

/** Cuts between characters: half of a surrogate pair is none. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const isHalved = /[\ud800-\udbff]/.test(text.charAt(length - 1));
  return text.slice(0, isHalved ? length - 1 : length);
}

function fieldsOf(line: string): Fields {
  if (!line.trimStart().startsWith('{')) {
    return {};
  }
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
  } catch {
    return {};
  }
}

function textOf(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = ownValue(fields, name);
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') {
      return String(value);
    }
  }
  return undefined;
}

/** A label that says nothing known leaves it to the line itself. */
function levelOf(line: string, labels: Labels, fields: Fields): LogLevel {
  const names = [textOf(labels, LEVEL_FIELDS), textOf(fields, LEVEL_FIELDS), LEVEL_IN_TEXT.exec(line)?.[1]];
  return names.map((name) => parseLogLevel(name ?? '')).find((level) => level !== 'unknown') ?? 'unknown';
}

function messageOf(line: string, fields: Fields): string {
  const said = textOf(fields, MESSAGE_FIELDS);
  if (said === undefined) {
    const match = MESSAGE_IN_TEXT.exec(line);
    return (match?.[1]?.replace(/\\(["\\])/g, '$1') ?? match?.[2] ?? line).trim();
  }
  const error = errorOf(fields);
  return (error === undefined || said.includes(error) ? said : `${said}: ${error}`).trim();
}

/** Loggers put what was thrown beside the message: as a text, or as an object with a message of its own. */
function errorOf(fields: Fields): string | undefined {
  const value = fields['err'] ?? fields['error'];
  if (typeof value === 'object' && value !== null && 'message' in value) {
    return typeof value.message === 'string' ? value.message : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function traceOf(line: string, labels: Labels, fields: Fields): string | null {
  const candidates = [textOf(labels, TRACE_FIELDS), textOf(fields, TRACE_FIELDS), TRACE_IN_TEXT.exec(line)?.[1]];
  const found = candidates.find((id) => id !== undefined && TRACE_ID.test(id));
  return found?.toLowerCase() ?? null;
}
