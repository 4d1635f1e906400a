import { css } from '@emotion/css';
import { Alert, Button } from '@grafana/ui';
import { useState } from 'react';
import type { AppSettingsPort } from '../../host/appSettings.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';

export interface ConnectionTestProps {
  readonly uid: string;
  readonly test: AppSettingsPort['test'];
}

type Outcome = Awaited<ReturnType<AppSettingsPort['test']>>;

/** Asks whether the engine can be reached through a data source, and says what is wrong when it cannot. */
export function ConnectionTest({ uid, test }: ConnectionTestProps) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [isTesting, setTesting] = useState(false);

  async function run(): Promise<void> {
    setTesting(true);
    setOutcome(await test(uid));
    setTesting(false);
  }

  return (
    <>
      <Button variant="secondary" disabled={isTesting} onClick={() => void run()}>
        {isTesting
          ? t('app-config.connection-test.testing', 'Testing')
          : t('app-config.connection-test.test-the-connection', 'Test the connection')}
      </Button>
      {outcome && (
        <div className={styles.outcome}>
          {'problem' in outcome ? (
            <ErrorState
              what={t('app-config.connection-test.the-connection-does-not-work', 'The connection does not work')}
              error={outcome.problem}
              lost=""
              isFinal
            />
          ) : (
            <Alert
              severity="success"
              title={t('app-config.connection-test.the-connection-works', 'The connection works')}
            >
              {outcome.message}
            </Alert>
          )}
        </div>
      )}
    </>
  );
}

const styles = { outcome: css({ flexBasis: '100%' }) };
