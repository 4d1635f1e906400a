import { Tab, TabsBar } from '@grafana/ui';
import { useEffect, useRef, type ComponentType } from 'react';
import { useHost } from '../../host/HostContext.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { AboutTab } from './AboutTab.tsx';
import { AuditTab } from './AuditTab.tsx';
import { ReceiversTab } from './ReceiversTab.tsx';
import { RoutesTab } from './RoutesTab.tsx';
import { SessionsTab } from './SessionsTab.tsx';
import { SourcesTab } from './SourcesTab.tsx';
import { TokensTab } from './TokensTab.tsx';

interface SettingsTab {
  readonly id: string;
  readonly label: string;
  readonly content: ComponentType;
}

const RECEIVERS: SettingsTab = {
  id: 'receivers',
  get label() {
    return t('settings.settings.receivers', 'Receivers');
  },
  content: ReceiversTab,
};

/** A tab is a file and a line here. */
const TABS: readonly SettingsTab[] = [
  RECEIVERS,
  {
    id: 'routes',
    get label() {
      return t('settings.settings.routes', 'Routes');
    },
    content: RoutesTab,
  },
  {
    id: 'tokens',
    get label() {
      return t('settings.settings.tokens', 'Tokens');
    },
    content: TokensTab,
  },
  {
    id: 'sessions',
    get label() {
      return t('settings.settings.sessions', 'Sessions');
    },
    content: SessionsTab,
  },
  {
    id: 'sources',
    get label() {
      return t('settings.settings.sources', 'Sources');
    },
    content: SourcesTab,
  },
  {
    id: 'audit',
    get label() {
      return t('settings.settings.audit', 'Audit');
    },
    content: AuditTab,
  },
  {
    id: 'about',
    get label() {
      return t('settings.settings.about', 'About');
    },
    content: AboutTab,
  },
];

/** Who is told, who may do what, where data comes from, and what was done: one tab each, named in the address. */
export function Settings() {
  const { PageFrame, navigation } = useHost();
  const params = useQueryParams();
  const { id: current, content: Content } = TABS.find(({ id }) => id === params.get('tab')) ?? RECEIVERS;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the bar is wider than the screen.
    bar.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <PageFrame title={t('settings.settings.settings', 'Settings')}>
      <TabsBar ref={bar}>
        {TABS.map(({ id, label }) => {
          const to = `/settings?tab=${id}`;
          return (
            <Tab
              key={id}
              label={label}
              active={id === current}
              href={navigation.href(to)}
              onChangeTab={(event) => {
                if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
                  event.preventDefault();
                  navigation.go(to);
                }
              }}
            />
          );
        })}
      </TabsBar>
      <Content />
    </PageFrame>
  );
}
