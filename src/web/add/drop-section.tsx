import { useRef, useState } from 'preact/hooks';
import { formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { upload } from './api.ts';
import { FormSection } from './form-section.tsx';

type Sending = { readonly name: string; readonly share: number; readonly abort: () => void };

/** The way in: drop a file, choose one, or fill in the form. */
export const DropSection = ({ onDraft }: { readonly onDraft: (id: string) => void }) => {
  const t = useText();
  const language = useLanguage();
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const send = async (file: Blob, name: string): Promise<void> => {
    setProblem(null);
    const { done, abort } = upload(file, name, (share) => setSending({ name, share, abort }));
    setSending({ name, share: 0, abort });
    const outcome = await done;
    setSending(null);
    if (outcome.ok) onDraft(outcome.value.id);
    else setProblem(outcome.message);
  };
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (files !== null && files !== undefined && files.length > 1)
      setProblem({
        fr: `${files.length} fichiers d’un coup : rien n’est envoyé. Déposez-les un par un.`,
        en: `${files.length} files at once: nothing is sent. Drop them one by one.`,
      });
    else if (file !== undefined) void send(file, file.name);
  };
  return (
    <>
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <p>
          <label for="file">
            {t({ fr: 'Déposez un fichier ici, ou choisissez-le', en: 'Drop a file here, or choose one' })}
          </label>
        </p>
        <input
          id="file"
          ref={input}
          type="file"
          accept=".ifc,.ifczip,.gz,.xml,.csv,.xlsx,.json"
          aria-describedby="file-help"
          disabled={sending !== null}
          onChange={(event) => take(event.currentTarget.files)}
        />
        <ul id="file-help" class="quiet">
          <li>{t({ fr: 'une maquette IFC (.ifc, .ifczip)', en: 'an IFC model (.ifc, .ifczip)' })}</li>
          <li>{t({ fr: 'un DPE de l’ADEME (.xml)', en: 'a French certificate, DPE (.xml)' })}</li>
          <li>
            {t({
              fr: 'un tableau de bâtiments (.csv, .xlsx) : code, surface, niveaux, année, commune…',
              en: 'a sheet of buildings (.csv, .xlsx): code, floor area, storeys, year, commune…',
            })}
          </li>
        </ul>
        <p class="quiet">
          {t({
            fr: 'Plusieurs documents d’un même bâtiment ? La maquette d’abord ; son DPE et ses factures s’ajoutent à sa page.',
            en: 'Several documents of one building? The model first; its certificate and its bills are added on its page.',
          })}
        </p>
      </div>
      {sending !== null && (
        <p role="status">
          {t({ fr: 'Envoi de ', en: 'Sending ' })}
          {sending.name}
          {t(words.colon)}
          {formatPercent(sending.share, language)}{' '}
          <progress value={sending.share} aria-label={t({ fr: 'Envoi', en: 'Upload' })} />{' '}
          <button type="button" class="plain" onClick={sending.abort}>
            {t({ fr: 'Annuler', en: 'Cancel' })}
          </button>
        </p>
      )}
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      <FormSection
        onForm={(form) => void send(new Blob([JSON.stringify(form)]), `${String(form['id'])}.json`)}
      />
    </>
  );
};
