import { useState } from 'preact/hooks';
import type { AddedWeather } from '../../client/names.ts';
import { formatCount, formatDay } from '../format.ts';
import { type Text, useText, words } from '../i18n.ts';
import { send } from '../send.ts';

type State =
  | { readonly step: 'empty' }
  | { readonly step: 'busy'; readonly file: File }
  | { readonly step: 'refused'; readonly file: File; readonly code: string; readonly message: Text }
  | { readonly step: 'kept'; readonly file: File; readonly answer: AddedWeather };

/** What a place would mend: the file has several stations, or does not say where it was measured. */
const wantsPlace = new Set(['place-needed', 'station-needed']);

type AddProps = { readonly buildingId: string; readonly onChange: () => void };

/** The temperature of the place from a file: without it a meter says what was taken, not why. */
export const AddWeather = ({ buildingId, onChange }: AddProps) => {
  const t = useText();
  const [state, setState] = useState<State>({ step: 'empty' });
  const keep = async (file: File, place: Readonly<Record<string, string>>): Promise<void> => {
    setState({ step: 'busy', file });
    const outcome = await send('POST /v1/buildings/{id}/weather', {
      path: { id: buildingId },
      query: { name: file.name, ...place },
      body: file,
    });
    if (!outcome.ok) return setState({ step: 'refused', file, code: outcome.code, message: outcome.message });
    setState({ step: 'kept', file, answer: outcome.value });
    return onChange();
  };
  return (
    <div class="print-hidden">
      <div class="drop">
        <label class="labelled">
          {t({
            fr: 'Déposez la météo du lieu ici, ou choisissez-la',
            en: 'Drop the weather of the place here, or choose it',
          })}
          <input
            type="file"
            accept=".csv,.gz,.json,.txt"
            aria-describedby="weather-help"
            disabled={state.step === 'busy'}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file !== undefined) void keep(file, {});
              event.currentTarget.value = '';
            }}
          />
        </label>
        <p id="weather-help" class="quiet">
          {t({
            fr: 'Les données ouvertes de Météo-France (meteo.data.gouv.fr, fichier quotidien ou horaire du département, tel quel), une réponse d’Open-Meteo, ou un tableau CSV : date, température. Le poste le plus proche du bâtiment est choisi.',
            en: 'The open data of Météo-France (meteo.data.gouv.fr, the daily or hourly file of the department, as it is), an answer of Open-Meteo, or a CSV table: date, temperature. The station nearest to the building is chosen.',
          })}
        </p>
      </div>
      <div aria-live="polite">
        {state.step === 'busy' && (
          <p>{t({ fr: `Lecture de ${state.file.name}…`, en: `Reading ${state.file.name}…` })}</p>
        )}
        {state.step === 'refused' && (
          <Refused state={state} onRetry={(place) => void keep(state.file, place)} />
        )}
        {state.step === 'kept' && <Kept answer={state.answer} />}
      </div>
    </div>
  );
};

const Refused = ({
  state,
  onRetry,
}: {
  readonly state: Extract<State, { step: 'refused' }>;
  readonly onRetry: (place: Readonly<Record<string, string>>) => void;
}) => {
  const t = useText();
  const [place, setPlace] = useState({ latitude: '', longitude: '' });
  const fields = [
    { key: 'latitude', label: { fr: 'Latitude, degrés (44,84)', en: 'Latitude, degrees (44.84)' } },
    { key: 'longitude', label: { fr: 'Longitude, degrés (-0,58)', en: 'Longitude, degrees (-0.58)' } },
  ] as const;
  return (
    <div class="alert" role="alert">
      <p>
        {state.file.name}
        {t(words.colon)}
        {t(state.message)}
      </p>
      {wantsPlace.has(state.code) && (
        <form
          class="grid-form"
          onSubmit={(event) => {
            event.preventDefault();
            onRetry({
              latitude: place.latitude.replace(',', '.'),
              longitude: place.longitude.replace(',', '.'),
            });
          }}
        >
          {fields.map(({ key, label }) => (
            <label key={key} class="labelled">
              {t(label)}
              <input
                class="field"
                type="text"
                inputMode="decimal"
                required
                pattern="-?[0-9]{1,3}([.,][0-9]+)?"
                value={place[key]}
                onInput={(event) => setPlace({ ...place, [key]: event.currentTarget.value })}
              />
            </label>
          ))}
          <button type="submit" class="primary">
            {t({ fr: 'Relire avec ce lieu', en: 'Read again with this place' })}
          </button>
        </form>
      )}
    </div>
  );
};

const Kept = ({
  answer: { station, firstDay, lastDay, knownDays, warnings },
}: {
  readonly answer: AddedWeather;
}) => {
  const t = useText();
  return (
    <>
      <p role="status">
        {t({
          fr: `${station.name} : ${formatCount(knownDays, 'fr')} jours gardés, du ${formatDay(firstDay, 'fr')} au ${formatDay(lastDay, 'fr')}.`,
          en: `${station.name}: ${formatCount(knownDays, 'en')} days kept, from ${formatDay(firstDay, 'en')} to ${formatDay(lastDay, 'en')}.`,
        })}
      </p>
      {warnings.length > 0 && (
        <ul class="quiet">
          {warnings.map(({ code, message }) => (
            <li key={code}>{t(message)}</li>
          ))}
        </ul>
      )}
    </>
  );
};
