import { useEffect, useState } from 'preact/hooks';
import { PersonField, usePerson } from '../add/confirm-section.tsx';
import '../add/add.css';
import { useText } from '../i18n.ts';
import { ImportItem } from './import-item-view.tsx';
import { countAt } from './import-item.ts';
import { useImports } from './use-imports.ts';

type SectionProps = {
  /** Files that were dropped on the page before this opened. */
  readonly dropped: readonly File[];
  readonly onTaken: () => void;
  readonly onChange: () => void;
};

/** Several files at once on their way into the stock: what each would bring, then one name for all of them. */
export const ImportSection = ({ dropped, onTaken, onChange }: SectionProps) => {
  const t = useText();
  const imports = useImports(onChange);
  const { items, add } = imports;
  useEffect(() => {
    if (dropped.length === 0) return;
    add(dropped);
    onTaken();
  }, [dropped]);
  return (
    <div class="imports">
      <div class="drop">
        <label class="labelled">
          {t({
            fr: 'Déposez des fichiers n’importe où sur cette page, ou choisissez-les',
            en: 'Drop files anywhere on this page, or choose them',
          })}
          <input
            type="file"
            multiple
            aria-describedby="files-help"
            onChange={(event) => {
              add([...(event.currentTarget.files ?? [])]);
              // The same file may be chosen again once it is mended.
              event.currentTarget.value = '';
            }}
          />
        </label>
        <p id="files-help" class="quiet">
          {t({
            fr: 'Maquettes IFC, DPE (.xml), tableaux de bâtiments (.csv, .xlsx), relevés de compteurs. Rien n’est gardé avant votre accord.',
            en: 'IFC models, certificates (.xml), sheets of buildings (.csv, .xlsx), readings of meters. Nothing is kept before you agree.',
          })}
        </p>
      </div>
      {items.length > 0 && (
        <ol class="files">
          {items.map((item) => (
            <ImportItem key={item.key} item={item} imports={imports} />
          ))}
        </ol>
      )}
      <Confirm imports={imports} />
    </div>
  );
};

const Confirm = ({ imports: { items, confirmAll } }: { readonly imports: ReturnType<typeof useImports> }) => {
  const t = useText();
  const [by, setBy] = usePerson();
  const [busy, setBusy] = useState(false);
  const ready = countAt(items, 'ready', 'checked');
  const ended = countAt(items, 'kept', 'added');
  const told = t({
    fr: `${ended} sur ${items.length} ${ended > 1 ? 'gardés' : 'gardé'}, ${countAt(items, 'failed')} en échec.`,
    en: `${ended} of ${items.length} kept, ${countAt(items, 'failed')} failed.`,
  });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await confirmAll(by);
    setBusy(false);
  };
  return (
    <>
      <p role="status">{items.length === 0 ? '' : told}</p>
      {(ready > 0 || busy) && (
        <form class="grid-form" onSubmit={(event) => void submit(event)}>
          <PersonField by={by} onChange={setBy} />
          <button type="submit" class="primary" disabled={busy}>
            {t({
              fr: `Garder ce qui est prêt (${ready})`,
              en: `Keep what is ready (${ready})`,
            })}
          </button>
        </form>
      )}
    </>
  );
};
