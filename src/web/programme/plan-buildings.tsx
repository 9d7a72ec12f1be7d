import { useEffect } from 'preact/hooks';
import type { Programme } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { type Text, useText, words } from '../i18n.ts';
import { linesOfPart, PartTurner, partWithin } from '../part-turner.tsx';
import { buildingHref } from '../router.ts';
import { leaveFrom, leftFrom, type Place, usePlanQuery } from './plan-query.ts';
import { useEuros } from './plan-years.tsx';

type Line = {
  readonly buildingId: string;
  readonly name: Text;
  readonly place: Place;
  readonly chosen: Programme['chosen'][number] | undefined;
  /** Its works, or those of the package that its reason speaks of. */
  readonly works: Programme['chosen'][number]['measures'] | undefined;
  /** Why it is in; absent in programmes of an earlier version. */
  readonly kept: Text | undefined;
  /** Why it is out, or not sooner. */
  readonly reason: Text | undefined;
  /** Cost under which it would enter, or up to which it would stay, EUR. */
  readonly priceEur: number | null;
};

const linesOf = ({ chosen, late, notChosen }: Programme): Line[] => [
  ...chosen.map((one): Line => {
    const why = late.find(({ buildingId }) => buildingId === one.buildingId);
    return {
      buildingId: one.buildingId,
      name: one.name,
      place: why === undefined ? 'in' : 'late',
      chosen: one,
      works: one.measures,
      kept: one.reason,
      reason: why?.reason,
      // Works that fill a year stay at their own cost, whatever the price of money makes of them.
      priceEur:
        one.exitCostEur !== undefined && one.exitCostEur !== null && one.exitCostEur >= one.costEur
          ? one.exitCostEur
          : null,
    };
  }),
  ...notChosen.map(
    ({ buildingId, name, reason, entryCostEur, measures }): Line => ({
      buildingId,
      name,
      place: 'out',
      chosen: undefined,
      works: measures,
      kept: undefined,
      reason,
      priceEur: entryCostEur,
    }),
  ),
];

const placeText = {
  in: { fr: 'retenu', en: 'in' },
  late: { fr: 'retenu, plus tard', en: 'in, later' },
  out: { fr: 'pas cette fois', en: 'not this time' },
} as const satisfies Record<Place, Text>;

const priceHead: Text = { fr: 'Prix d’entrée ou de sortie', en: 'Price to enter or leave' };

/** Lines drawn at once: each has its sentences, and a stock of thousands is read by name or part by part. */
const MOST = 7;

const rowId = (buildingId: string): string => `plan-${buildingId}`;

/** Where each building is in the plan, why, and at what price that would change. */
export const PlanBuildings = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const euros = useEuros();
  const [{ name: typed, place, part: asked }, ask] = usePlanQuery();
  useEffect(() => {
    const from = leftFrom();
    if (from !== undefined) document.getElementById(rowId(from))?.focus();
  }, []);
  const all = linesOf(programme);
  const wanted = typed.trim().toLocaleLowerCase();
  const lines = all.filter(
    (one) =>
      (place === '' || one.place === place) &&
      (wanted === '' || `${one.name.fr} ${one.name.en}`.toLocaleLowerCase().includes(wanted)),
  );
  const part = partWithin(asked, lines.length, MOST);
  const largest = Math.max(...programme.chosen.map(({ savingKwh }) => savingKwh.value), 0);
  const saving: Text = { fr: 'Économie par an', en: 'Saving a year' };
  return (
    <>
      {all.length > MOST && (
        <div class="grid-form">
          <label class="labelled">
            {t({ fr: 'Chercher un bâtiment', en: 'Look for a building' })}
            <input
              class="field"
              type="search"
              value={typed}
              onInput={(event) => ask({ name: event.currentTarget.value, part: 1 })}
            />
          </label>
          <label class="labelled">
            {t({ fr: 'Sa place', en: 'Its place' })}
            <select
              class="field"
              value={place}
              onChange={(event) => ask({ place: event.currentTarget.value as Place | '', part: 1 })}
            >
              <option value="">{t({ fr: 'toutes', en: 'any' })}</option>
              {Object.entries(placeText).map(([value, name]) => (
                <option key={value} value={value}>
                  {t(name)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <PartTurner count={lines.length} size={MOST} part={part} onTurn={(to) => ask({ part: to })} />
      <div class="scroll">
        <table
          class="plan stacked"
          aria-label={t({ fr: 'Les bâtiments du programme', en: 'The buildings of the programme' })}
        >
          <thead>
            <tr>
              <th scope="col">{t(words.building)}</th>
              <th scope="col">{t({ fr: 'Place', en: 'Place' })}</th>
              <th scope="col" class="number">
                {t({ fr: 'Coût', en: 'Cost' })}
              </th>
              <th scope="col" class="number">
                {t(saving)}
              </th>
              <th scope="col">{t({ fr: 'Pourquoi', en: 'Why' })}</th>
              <th scope="col" class="number">
                {t(priceHead)}
              </th>
            </tr>
          </thead>
          <tbody>
            {linesOfPart(lines, part, MOST).map(
              ({ buildingId, name, place: own, chosen, works, kept, reason, priceEur }) => (
                <tr key={buildingId} class={own}>
                  <th scope="row">
                    <a
                      id={rowId(buildingId)}
                      href={buildingHref(buildingId)}
                      onClick={() => leaveFrom(buildingId)}
                    >
                      {t(name)}
                    </a>
                    {works !== undefined && (
                      <small class="doubt">
                        {chosen === undefined && t({ fr: 'son meilleur lot : ', en: 'its best package: ' })}
                        {works.map((one) => t(one.name)).join(' + ')}
                      </small>
                    )}
                  </th>
                  <td
                    class={chosen === undefined ? undefined : 'year'}
                    data-head={t({ fr: 'Place', en: 'Place' })}
                  >
                    {chosen === undefined ? t(placeText.out) : chosen.year}
                  </td>
                  <td class="number" data-head={t({ fr: 'Coût', en: 'Cost' })}>
                    {chosen === undefined ? '—' : euros(chosen.costEur)}
                    {typeof chosen?.netValueEur === 'number' && (
                      <small class="doubt">
                        {t({ fr: 'valeur nette', en: 'net value' })} {euros(chosen.netValueEur)}
                      </small>
                    )}
                  </td>
                  <td class="number" data-head={t(saving)}>
                    {chosen === undefined ? (
                      '—'
                    ) : (
                      <Figure label={saving} quantity={chosen.savingKwh} like={largest} />
                    )}
                  </td>
                  <td class="reason sentence">
                    {kept !== undefined && t(kept)}
                    {reason !== undefined && (
                      <p class="sentence">
                        {own === 'late' && t({ fr: 'Pas plus tôt : ', en: 'Not sooner: ' })}
                        {t(reason)}
                      </p>
                    )}
                  </td>
                  <td class="number" data-head={t(priceHead)}>
                    {priceEur === null ? '—' : euros(priceEur)}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </>
  );
};
