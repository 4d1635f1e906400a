import { LoadingState, type PanelData } from '@grafana/data';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { readAlertFrames, type AlertReading } from './readAlertFrames.ts';

export interface Failure {
  readonly message: string;
  /** Epoch ms of the first failure in a row; null when unknown. */
  readonly since: number | null;
}

export interface KeptReading {
  /** Of the last answer that came whole; undefined before the first. */
  readonly reading: AlertReading | undefined;
  /** When that was, epoch ms. */
  readonly at: number | null;
  /** Why there is none that is newer. */
  readonly failure: Failure | undefined;
}

const timeOf = ({ request }: PanelData): number | null => request?.endTime ?? request?.startTime ?? null;

/** A sentence; Grafana's own have no full stop. */
function messageOf({ errors }: PanelData): string {
  const said = errors?.map(({ message }) => message?.trim() ?? '').find((message) => message !== '');
  return said === undefined
    ? t('panel.use-kept-reading.the-query-failed-without-a', 'The query failed without a reason.')
    : said.replace(/(?<![.!?])$/, '.');
}

/** What is known after more data came. A failed query takes nothing away. */
export function keepReading(kept: KeptReading, data: PanelData): KeptReading {
  switch (data.state) {
    case LoadingState.Loading:
    case LoadingState.NotStarted:
      return kept.reading === undefined && data.series.length > 0
        ? { ...kept, reading: readAlertFrames(data.series) }
        : kept;
    case LoadingState.Error:
      return { ...kept, failure: { message: messageOf(data), since: kept.failure?.since ?? timeOf(data) } };
    default:
      return { reading: readAlertFrames(data.series), at: timeOf(data), failure: undefined };
  }
}

const NOTHING: KeptReading = { reading: undefined, at: null, failure: undefined };

/** The alerts of a panel's query; those of the last good answer while there is none. */
export function useKeptReading(data: PanelData): KeptReading {
  const [{ seen, kept }, setState] = useState(() => ({ seen: data, kept: keepReading(NOTHING, data) }));
  if (seen === data) {
    return kept;
  }
  const next = keepReading(kept, data);
  setState({ seen: data, kept: next });
  return next;
}
