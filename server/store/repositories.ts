import { createAlertRepository } from './alerts.ts';
import { createAuditRepository } from './audit.ts';
import { createChangeRepository } from './changes.ts';
import type { CommitListeners } from './commitListeners.ts';
import { createHistoryRepository } from './history.ts';
import { createJobRepository } from './jobs.ts';
import { createLeaseRepository } from './leases.ts';
import { createReceiverRepository } from './receivers.ts';
import { createRouteRepository } from './routes.ts';
import type { Session } from './session.ts';
import { createSessionRepository } from './sessions.ts';
import { createSeenRequestRepository } from './seenRequests.ts';
import { createSeenSeriesRepository } from './seenSeries.ts';
import { createSilenceRepository } from './silences.ts';
import { createSourceRepository } from './sources.ts';
import type { Repositories } from './store.ts';
import { createThresholdRepository } from './thresholds.ts';
import { createTokenRepository } from './tokens.ts';
import { createViewRepository } from './views.ts';

export const createRepositories = (session: Session, listeners: CommitListeners): Repositories => ({
  alerts: createAlertRepository(session),
  history: createHistoryRepository(session),
  thresholds: createThresholdRepository(session),
  silences: createSilenceRepository(session),
  views: createViewRepository(session),
  routes: createRouteRepository(session),
  receivers: createReceiverRepository(session),
  tokens: createTokenRepository(session),
  sessions: createSessionRepository(session),
  sources: createSourceRepository(session),
  audit: createAuditRepository(session),
  changes: createChangeRepository(session, listeners),
  jobs: createJobRepository(session),
  seenRequests: createSeenRequestRepository(session),
  seenSeries: createSeenSeriesRepository(session),
  leases: createLeaseRepository(session),
});
