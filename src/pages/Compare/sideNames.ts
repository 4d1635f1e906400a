import { t } from '../../i18n/t.ts';
import { formatAbsolute } from '../../ui/formatTime.ts';
import type { CompareForm } from './compareForm.ts';

export interface SideNames {
  readonly a: string;
  readonly b: string;
}

/** What each side is, after "A:" and "B:". */
export function sideNames(form: CompareForm, timeZone: string): SideNames {
  switch (form.kind) {
    case 'traces':
      return {
        a: t('compare.side-names.first', 'the first traces'),
        b: t('compare.side-names.second', 'the second traces'),
      };
    case 'queries':
      return { a: form.a, b: form.b };
    case 'time': {
      const at = formatAbsolute(Number(form.at), timeZone);
      return {
        a: t('compare.side-names.before', '{{span}} before {{time}}', { span: form.each, time: at }),
        b: t('compare.side-names.after', '{{span}} after {{time}}', { span: form.each, time: at }),
      };
    }
    case 'versions':
      return { a: `${form.service} ${form.a}`, b: `${form.service} ${form.b}` };
    case 'slow':
      return {
        a: t('compare.side-names.faster', 'the faster nine in ten'),
        b: t('compare.side-names.slowest', 'the slowest tenth'),
      };
    case 'selection':
      return { a: t('compare.side-names.rest', 'the rest'), b: t('compare.side-names.selection', 'the selection') };
  }
}
