import { Button, Field, Input, Modal, RadioButtonGroup, Text } from '@grafana/ui';
import { useId } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { previewSilence } from '../../../api/routing.ts';
import type { Matcher } from '../../../core/matchers.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { useDisplay } from '../../../ui/display.ts';
import { formatAbsolute } from '../../../ui/formatTime.ts';
import { useNow } from '../../../ui/useNow.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { MatcherFields } from './MatcherFields.tsx';
import { EXPIRY_PRESETS, expiryOf } from './silenceForm.ts';
import { useSilenceForm } from './useSilenceForm.ts';

export interface SilenceDialogProps {
  /** The form begins with what these have in common. */
  readonly alerts: readonly AlertView[];
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

const PREVIEW_AFTER_MS = 300;

/** Silence what matches until a time; shows what that is while it is typed. */
export function SilenceDialog({ alerts, onClose, onDone }: SilenceDialogProps) {
  const form = useSilenceForm(alerts, () => {
    onClose();
    onDone?.();
  });
  const { matchers, setMatchers, preset, setPreset, comment, setComment, problems, create } = form;
  const { timeZone } = useDisplay();
  const minute = useNow((now) => Math.floor(now / 60_000) * 60_000);
  const id = useId();
  return (
    <Modal title="Silence alerts" isOpen onDismiss={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Field
          noMargin
          label="Alerts whose labels match all of"
          invalid={problems.has('matchers')}
          error={problems.get('matchers')}
        >
          <MatcherFields matchers={matchers} onChange={setMatchers} problems={problems} />
        </Field>
        <Preview matchers={matchers} />
        <Field label="For" description={`Until ${formatAbsolute(expiryOf(preset, minute), timeZone)}`}>
          <RadioButtonGroup
            id={`${id}-for`}
            options={EXPIRY_PRESETS.map(({ label }, value) => ({ label, value }))}
            value={preset}
            onChange={setPreset}
          />
        </Field>
        <Field label="Comment" required invalid={problems.has('comment')} error={problems.get('comment')}>
          <Input
            id={`${id}-comment`}
            autoFocus
            placeholder="database maintenance, ticket 4711"
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        </Field>
        {create.error && create.error.errors.length === 0 && (
          <Text color="error" element="p">
            The silence was not created. {create.error.message}
          </Text>
        )}
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" icon="bell-slash" disabled={create.isPending}>
            {create.isPending ? 'Silencing' : 'Silence'}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}

/** Which open alerts it would silence now. */
function Preview({ matchers }: { matchers: readonly Matcher[] }) {
  const settled = useSettled(matchers, PREVIEW_AFTER_MS);
  const whole = settled.length > 0 && settled.every(({ name }) => name.trim() !== '');
  const { data, error } = useOperation(
    previewSilence,
    { matchers: [...settled] },
    { enabled: whole, keepPrevious: true }
  );
  return (
    <p role="status" style={{ minHeight: 44, margin: '8px 0' }}>
      {whole && error && <Text color="error">{error.message}</Text>}
      {whole && !error && data && (
        <Text color="secondary">
          {data.total === 0
            ? 'No open alert matches now; later ones will be silenced.'
            : `Silences ${data.total} open ${data.total === 1 ? 'alert' : 'alerts'}: ${data.items
                .slice(0, 3)
                .map(({ summary }) => summary)
                .join('; ')}${data.total > 3 ? `; and ${data.total - 3} more` : ''}.`}
        </Text>
      )}
    </p>
  );
}
