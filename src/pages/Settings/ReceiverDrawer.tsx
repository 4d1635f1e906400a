import { Combobox, Drawer, Field } from '@grafana/ui';
import type { ReceiverView } from '../../api/routing.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { DrawerTitle } from '../../ui/DrawerTitle.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RECEIVER_FORMS, RECEIVER_KIND_NAMES, type ReceiverKind } from './receiverFields.ts';
import { emptyReceiver, receiverFormOf } from './receiverForm.ts';
import { ReceiverFormView } from './ReceiverFormView.tsx';

const KINDS = RECEIVER_KIND_NAMES.map((value) => ({
  value,
  label: RECEIVER_FORMS[value].title,
  description: RECEIVER_FORMS[value].description,
}));

const isKind = (text: string | undefined): text is ReceiverKind => RECEIVER_KIND_NAMES.some((kind) => kind === text);

/** The form of the receiver that the address names: `?edit=inbox`, or `?new=slack`. */
export function ReceiverDrawer({ receivers }: { receivers: readonly ReceiverView[] }) {
  const params = useQueryParams();
  const edited = params.get('edit');
  const kind = params.get('new');
  const close = () => params.set({ edit: null, new: null }, { push: true });
  if (edited !== undefined) {
    const receiver = receivers.find(({ name }) => name === edited);
    return (
      <Drawer
        title={
          <DrawerTitle
            title={t('settings.receiver-drawer.receiver', 'Receiver {{edited}}', { edited })}
            subtitle={receiver && RECEIVER_FORMS[receiver.kind].title}
          />
        }
        onClose={close}
      >
        {receiver === undefined ? (
          <EmptyState
            title={t('settings.receiver-drawer.there-is-no-receiver', 'There is no receiver {{edited}}', { edited })}
          >
            {t('settings.receiver-drawer.it-may-have-been-deleted', 'It may have been deleted.')}
          </EmptyState>
        ) : (
          <ReceiverFormView key={edited} start={receiverFormOf(receiver)} isNew={false} onDone={close} />
        )}
      </Drawer>
    );
  }
  if (!isKind(kind)) {
    return null;
  }
  return (
    <Drawer title={<DrawerTitle title={t('settings.receiver-drawer.new-receiver', 'New receiver')} />} onClose={close}>
      <Field label={t('settings.receiver-drawer.kind', 'Kind')} description={RECEIVER_FORMS[kind].description}>
        <Combobox
          id="receiver-kind"
          options={KINDS}
          value={kind}
          onChange={({ value }) => params.set({ new: value })}
        />
      </Field>
      <ReceiverFormView key={kind} start={emptyReceiver(kind)} isNew onDone={close} />
    </Drawer>
  );
}
