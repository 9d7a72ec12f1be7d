import type { Building } from '../client/names.ts';
import { Folded } from './folded.tsx';
import { useText } from './i18n.ts';
import { Lazy } from './lazy.tsx';

const loadConfirm = async () => (await import('./confirm-delete.tsx')).ConfirmDelete;

/** The way to delete a building; behind a key, so that nobody comes upon it, and with its code, which few ever need. */
export const DeleteBuilding = ({ building }: { readonly building: Building }) => {
  const t = useText();
  return (
    <section aria-labelledby="delete" class="print-hidden">
      <h2 id="delete">{t({ fr: 'Supprimer ce bâtiment', en: 'Delete this building' })}</h2>
      <Folded summary={t({ fr: 'Voir ce qui serait perdu', en: 'See what would be lost' })}>
        {() => <Lazy load={loadConfirm} building={building} />}
      </Folded>
    </section>
  );
};
