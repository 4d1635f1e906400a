import { listAudit, verifyAudit } from './access/audit.ts';
import { createLoginLink, getMe, listSessions, revokeSession } from './access/sessions.ts';
import { createSource, deleteSource, listSources } from './access/sources.ts';
import { createToken, listTokens, revokeToken } from './access/tokens.ts';
import { getAlert } from './alerts/getAlert.ts';
import { exportHistory, listHistory } from './alerts/history.ts';
import { listAlerts } from './alerts/listAlerts.ts';
import { listTeams } from './alerts/listTeams.ts';
import { acknowledgeAlert, commentAlert, resolveAlert, unacknowledgeAlert } from './alerts/personActs.ts';
import { getAlertEvidence, getServiceEvidence } from './evidence/getEvidence.ts';
import { queryFrames } from './frames/queryFrames.ts';
import { intakeEvents } from './intake/intakeEvents.ts';
import { intakeGrafana } from './intake/intakeGrafana.ts';
import type { ServedOperation } from './operation.ts';
import { createReceiver, deleteReceiver, listReceivers, testReceiver, updateReceiver } from './routing/receivers.ts';
import { getRoutes, matchRoutes, updateRoutes } from './routing/routes.ts';
import { createSilence, expireSilence, listSilences, previewSilence, updateSilence } from './routing/silences.ts';
import { dismissUndelivered, listUndelivered, resendUndelivered } from './routing/undelivered.ts';
import { getServiceMap } from './serviceMap/getServiceMap.ts';
import { createBackup, listBackups } from './system/backups.ts';
import { getChanges } from './system/getChanges.ts';
import { getSystemStatus } from './system/getSystemStatus.ts';
import { queryMetrics } from './system/queryMetrics.ts';
import { getServiceHealth, listServices } from './system/services.ts';
import {
  createThreshold,
  deleteThreshold,
  patchThresholds,
  revertThreshold,
  updateThreshold,
} from './thresholds/changeThresholds.ts';
import { listSignals } from './thresholds/listSignals.ts';
import { previewThreshold } from './thresholds/previewThreshold.ts';
import { getThreshold, listThresholds, listThresholdVersions } from './thresholds/readThresholds.ts';
import { analyzeTraces, listServiceCalls, listTraceErrors } from './traces/analyses.ts';
import { listTraceAttributes, listTraceAttributeValues } from './traces/attributes.ts';
import { compareTraces } from './traces/compareTraces.ts';
import { explainTraces } from './traces/explainTraces.ts';
import { getLinkedTraces } from './traces/getLinkedTraces.ts';
import { getTrace } from './traces/getTrace.ts';
import { getTraceLogs } from './traces/getTraceLogs.ts';
import { searchTraces } from './traces/searchTraces.ts';
import { deleteView, listViews, saveView } from './views/views.ts';

/** Every operation of API v1. HTTP routes, OpenAPI and the authorisation tests are made from this table. */
export const OPERATIONS: readonly ServedOperation[] = [
  ...[getSystemStatus, queryMetrics, listServices, getServiceHealth, getServiceEvidence, getChanges],
  ...[listBackups, createBackup],
  getServiceMap,
  ...[
    exportHistory,
    listHistory,
    listAlerts,
    listTeams,
    getAlert,
    getAlertEvidence,
    acknowledgeAlert,
    unacknowledgeAlert,
    resolveAlert,
    commentAlert,
  ],
  // Paths with fixed words before those with an id in their place.
  ...[searchTraces, analyzeTraces, listTraceErrors, listTraceAttributes, listTraceAttributeValues],
  ...[compareTraces, explainTraces],
  ...[getTrace, getLinkedTraces, getTraceLogs, listServiceCalls],
  queryFrames,
  ...[listSignals, previewThreshold, listThresholds, createThreshold, patchThresholds],
  ...[getThreshold, updateThreshold, deleteThreshold, listThresholdVersions, revertThreshold],
  ...[listReceivers, createReceiver, updateReceiver, deleteReceiver, testReceiver],
  ...[listUndelivered, resendUndelivered, dismissUndelivered],
  ...[getRoutes, updateRoutes, matchRoutes],
  ...[previewSilence, listSilences, createSilence, updateSilence, expireSilence],
  ...[listViews, saveView, deleteView],
  ...[getMe, listTokens, createToken, revokeToken, listSessions, revokeSession, createLoginLink],
  ...[listSources, createSource, deleteSource, listAudit, verifyAudit],
  ...[intakeGrafana, intakeEvents],
];
