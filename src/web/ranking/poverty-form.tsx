import { useState } from 'preact/hooks';
import type { Ranking } from '../../client/names.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { numberOf } from '../typed-number.ts';
import { send } from '../send.ts';

type PovertyFormProps = { readonly ranking: Ranking; readonly onKept: () => void };

/** What a person knows of fuel poverty in one building, and where it comes from; many are given as a sheet. */
export const PovertyForm = ({ ranking: { by, ranks, notEvaluated }, onKept }: PovertyFormProps) => {
  const t = useText();
  const language = useLanguage();
  const isShare = by === 'fuel-poverty';
  const buildings = [...notEvaluated, ...ranks];
  const [id, setId] = useState(buildings[0]?.buildingId ?? '');
  const [typed, setTyped] = useState('');
  const [source, setSource] = useState('');
  const [problem, setProblem] = useState<Text | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const number = numberOf(typed, language);
    if (number === undefined || Number.isNaN(number))
      return setProblem({
        fr: 'Écrivez un nombre, par exemple 35.',
        en: 'Write a number, for example 35.',
      });
    const outcome = await send('PUT /v1/buildings/{id}/fuel-poverty', {
      path: { id },
      body: {
        kind: isShare ? 'share' : 'score',
        value: isShare ? number / 100 : number,
        source,
      },
    });
    setProblem(outcome.ok ? null : outcome.message);
    if (outcome.ok) onKept();
  };
  return (
    <section aria-labelledby="poverty">
      <h2 id="poverty">{t({ fr: 'Donner ce que vous savez', en: 'Give what you know' })}</h2>
      <p>
        {t({
          fr: 'La précarité énergétique ne se devine pas. Pour beaucoup de bâtiments : « stacoptim poverty TABLEAU ».',
          en: 'Fuel poverty is never guessed. For many buildings: “stacoptim poverty SHEET”.',
        })}
      </p>
      <form class="grid-form" onSubmit={(event) => void submit(event)}>
        <label class="labelled">
          {t({ fr: 'Bâtiment', en: 'Building' })}
          <select class="field" value={id} onChange={(event) => setId(event.currentTarget.value)}>
            {buildings.map(({ buildingId, name }) => (
              <option key={buildingId} value={buildingId}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled">
          {t(
            isShare
              ? { fr: 'Ménages en précarité, %', en: 'Households in fuel poverty, %' }
              : { fr: 'Score', en: 'Score' },
          )}
          <input
            class="field"
            type="text"
            inputMode="decimal"
            required
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <label class="labelled">
          {t({ fr: 'D’où vient ce nombre', en: 'Where this number comes from' })}
          <input
            class="field"
            type="text"
            required
            value={source}
            onInput={(event) => setSource(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary">
          {t({ fr: 'Garder', en: 'Keep' })}
        </button>
      </form>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </section>
  );
};
