import { readFileSync } from 'node:fs';

/** What `@grafana/*` 13.2.2 offers and Grafana 12.4 lacks, from the committed list beside this folder. */
const missing: Record<string, string[]> = JSON.parse(
  readFileSync(new URL('../grafana-missing-in-12.4.json', import.meta.url), 'utf8')
);

const isPackage = (key: string): boolean => key.startsWith('@grafana/');

export const missingIcons: ReadonlySet<string> = new Set(missing['icons']);

export const missingExports: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(missing)
    .filter(([key]) => isPackage(key))
    .map(([key, names]) => [key, new Set(names)])
);

/** Names of `PluginExtensionPoints` with their values, which `addLink({ targets })` takes as plain strings too. */
export const EXTENSION_POINT_IDS: Readonly<Record<string, string>> = {
  AdvisorCompletedChecks: 'grafana/advisor/completed-checks/v1',
  AdvisorCreateChecks: 'grafana/advisor/create-checks/v1',
  AdvisorRetryCheck: 'grafana/advisor/retry-check/v1',
  DashboardSidebar: 'grafana/dashboard/sidebar/v1',
  HomepageAssistant: 'grafana/homepage/assistant/v1',
  HomepageExtra: 'grafana/homepage/extra/v1',
  HomepageTabs: 'grafana/homepage/tabs/v1',
  NavRightButton: 'grafana/singletopbar/nav-right-button/v1',
  UserListTab: 'grafana/admin/user-list/tab/v1',
};

export const missingExtensionPoints: ReadonlySet<string> = new Set(missing['extensionPoints']);
