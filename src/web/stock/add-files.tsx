import { useEffect, useState } from 'preact/hooks';
import { useText } from '../i18n.ts';
import { Lazy } from '../lazy.tsx';

const loadImport = async () => (await import('./import-section.tsx')).ImportSection;

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** Uploads that a page before this one left unfinished open the list by themselves. */
const unfinished = (): boolean => localStorage.getItem('stacoptim.imports') !== null;

/** The way in for files, dropped anywhere on the page; its code comes when it is opened. */
export const AddFiles = ({ onChange }: { readonly onChange: () => void }) => {
  const t = useText();
  const [open, setOpen] = useState(unfinished);
  // Once it was opened it stays: folding it away loses no file.
  const [built, setBuilt] = useState(open);
  if (open && !built) setBuilt(true);
  const [dropped, setDropped] = useState<readonly File[]>([]);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOpen(true);
      setDropped([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, []);
  return (
    <details class="print-hidden import" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t({
          fr: 'Ajouter des fichiers : maquettes, tableau de bâtiments, relevés',
          en: 'Add files: models, a sheet of buildings, readings',
        })}
      </summary>
      {built && (
        <Lazy load={loadImport} dropped={dropped} onTaken={() => setDropped([])} onChange={onChange} />
      )}
    </details>
  );
};
