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
      return { a: 'the first traces', b: 'the second traces' };
    case 'queries':
      return { a: form.a, b: form.b };
    case 'time': {
      const at = formatAbsolute(Number(form.at), timeZone);
      return { a: `${form.each} before ${at}`, b: `${form.each} after ${at}` };
    }
    case 'versions':
      return { a: `${form.service} ${form.a}`, b: `${form.service} ${form.b}` };
    case 'slow':
      return { a: 'the faster nine in ten', b: 'the slowest tenth' };
    case 'selection':
      return { a: 'the rest', b: 'the selection' };
  }
}
