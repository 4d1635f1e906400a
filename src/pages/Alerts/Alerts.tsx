import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import { useHost } from '../../host/HostContext.ts';
import { useLive } from '../../host/useLive.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import { HistoryView } from './history/HistoryView.tsx';
import { OpenAlerts } from './open/OpenAlerts.tsx';
import { SilencesView } from './silences/SilencesView.tsx';

const TABS = [
  {
    id: 'open',
    get label() {
      return t('alerts.alerts.open', 'Open');
    },
    icon: 'bell',
    View: OpenAlerts,
  },
  {
    id: 'history',
    get label() {
      return t('alerts.alerts.history', 'History');
    },
    icon: 'history',
    View: HistoryView,
  },
  {
    id: 'silences',
    get label() {
      return t('alerts.alerts.silences', 'Silences');
    },
    icon: 'bell-slash',
    View: SilencesView,
  },
] as const;

/** What is open, what was, and what is kept quiet. */
export function Alerts() {
  const { PageFrame, navigation } = useHost();
  const styles = useStyles2(getStyles);
  const { contactAt, lost, paused, setPaused } = useLive();
  const params = useQueryParams();
  const { id: current, View } = TABS.find(({ id }) => id === params.get('tab')) ?? TABS[0];
  return (
    <PageFrame
      title={t('alerts.alerts.alerts', 'Alerts')}
      actions={<LiveStamp at={contactAt} lost={lost} paused={paused} onPause={setPaused} />}
    >
      <TabsBar>
        {TABS.map(({ id, label, icon }) => {
          const to = id === 'open' ? '/alerts' : `/alerts?tab=${id}`;
          return (
            <Tab
              key={id}
              label={label}
              icon={icon}
              active={id === current}
              href={navigation.href(to)}
              onChangeTab={(event) => {
                event.preventDefault();
                navigation.go(to);
              }}
            />
          );
        })}
      </TabsBar>
      <div className={styles.view}>
        <View />
      </div>
    </PageFrame>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), paddingTop: theme.spacing(2) }),
});
