import type { Savings } from '../../client/names.ts';
import { type Text, useText } from '../i18n.ts';

/** How far a figure may be trusted, in a word. */
export const statusText: Readonly<Record<Savings['status'], Text>> = {
  final: { fr: 'résultat établi', en: 'established' },
  provisional: { fr: 'provisoire', en: 'provisional' },
  disqualified: { fr: 'non recevable', en: 'disqualified' },
};

/** The same with a border: provisional never looks established. */
export const Status = ({ status }: { readonly status: Savings['status'] }) => {
  const t = useText();
  return <span class={`status ${status}`}>{t(statusText[status])}</span>;
};
