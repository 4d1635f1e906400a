import { Fragment } from 'react';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap } from '../../api/serviceMap.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { changeSearch, useLocation } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { Answer } from '../../ui/Answer.tsx';
import { useDisplay } from '../../ui/display.ts';
import { formatClock } from '../../ui/formatTime.ts';
import { HEALTH_LOOK } from '../../ui/tone.ts';
import { useNow } from '../../ui/useNow.ts';
import { answerMap } from './answerMap.ts';
import { writeChosen, type BaselineChoice } from './mapParams.ts';

export interface MapAnswerProps {
  readonly map: OutputOf<typeof getServiceMap>;
  readonly baseline: BaselineChoice;
}

/** Before a service that hurts: the first, and the rest. */
const BETWEEN = [': ', '; '];

/** The map in a sentence: how many hurt and why, and what is different. */
export function MapAnswer({ map, baseline }: MapAnswerProps) {
  const { search, path } = useLocation();
  const { state, lead, hurting, more, failing, changes, moreChanges } = answerMap(map);
  const since = useSince(baseline);
  const to = (changed: Readonly<Record<string, string | null>>): string => path + changeSearch(search, changed);
  return (
    <Answer look={HEALTH_LOOK[state]}>
      {lead}
      {hurting.map(({ id, name, why }, index) => (
        <Fragment key={id}>
          {BETWEEN[Math.min(index, 1)]}
          <AppLink to={to({ node: id, edge: null })}>{name}</AppLink>
          {` (${why})`}
        </Fragment>
      ))}
      {more > 0 && t('map.map-answer.and-more', '; and {{more}} more', { more })}.
      {failing.length > 0 && t('map.map-answer.calls-fail-to', ' Calls fail to ')}
      {failing.map(({ id, name, errors }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <AppLink to={to({ node: id, edge: null })}>{name}</AppLink>
          {` (${errors})`}
          {index === failing.length - 1 && '.'}
        </Fragment>
      ))}
      {changes !== null && (
        <>
          {` ${since}: `}
          {changes.length === 0
            ? t('map.map-answer.nothing', 'no significant difference')
            : changes.map(({ chosen, text }, index) => (
                <Fragment key={text}>
                  {index > 0 && '; '}
                  <AppLink to={to(writeChosen(chosen))}>{text}</AppLink>
                </Fragment>
              ))}
          {moreChanges > 0 && t('map.map-answer.and-more', '; and {{more}} more', { more: moreChanges })}.
        </>
      )}
    </Answer>
  );
}

function useSince(baseline: BaselineChoice): string {
  const { timeZone } = useDisplay();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  if (baseline === undefined) {
    return '';
  }
  return 'at' in baseline
    ? t('map.map-answer.since', 'Since {{time}}', { time: formatClock(baseline.at, now, timeZone) })
    : t('map.map-answer.compared-with', 'Compared with {{span}} earlier', { span: formatSpan(baseline.ago) });
}
