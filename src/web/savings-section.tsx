import type { Building, Savings } from '../client/names.ts';
import { formatDay } from './format.ts';
import { useLanguage, useText } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { statusText } from './results/status.tsx';
import { resultsHref } from './router.ts';

type SectionProps = {
  readonly buildingId: string;
  readonly savings: readonly Savings[];
  readonly works: Building['works'];
};

/** What the works delivered, in short; the page of the results says the rest. */
export const SavingsSection = ({ buildingId, savings, works }: SectionProps) => {
  const t = useText();
  const missing = works.findLast(({ unmeasured }) => unmeasured !== null)?.unmeasured;
  const more = (
    <p>
      <a href={resultsHref(buildingId)}>
        {savings.length === 0
          ? t({ fr: 'Déclarer des travaux', en: 'Declare works' })
          : t({
              fr: 'Tout le résultat : référence, mois, évènements, modèles',
              en: 'The whole result: baseline, months, events, models',
            })}
      </a>
    </p>
  );
  if (savings.length === 0)
    return (
      <>
        <p class="not-evaluated block">
          {missing === null || missing === undefined
            ? t({
                fr: 'Aucun résultat sur ce bâtiment : rien à mesurer encore.',
                en: 'No result on this building: nothing to measure yet.',
              })
            : t({
                fr: `Travaux non évalués : ${missing.fr}`,
                en: `Works not evaluated: ${missing.en}`,
              })}
        </p>
        {more}
      </>
    );
  return (
    <>
      {savings.map((one) => (
        <OneSaving key={one.worksId} saving={one} works={works.find((work) => work.id === one.worksId)} />
      ))}
      {more}
    </>
  );
};

const OneSaving = ({
  saving,
  works,
}: {
  readonly saving: Savings;
  readonly works: Building['works'][number] | undefined;
}) => {
  const t = useText();
  const language = useLanguage();
  const rows = [
    { label: t({ fr: 'Mesurée', en: 'Measured' }), quantity: saving.savingsPercent },
    ...(saving.predictedPercent === null
      ? []
      : [
          {
            label: t({ fr: 'Prédite avant travaux', en: 'Predicted before works' }),
            quantity: saving.predictedPercent,
          },
        ]),
  ];
  return (
    <>
      <p>
        {works !== undefined && (
          <>
            <strong>{works.measures.map(({ name }) => t(name)).join(' + ')}</strong>,{' '}
            {formatDay(works.start, language)} – {formatDay(works.end, language)}.{' '}
          </>
        )}
        {t(saving.gap)}{' '}
        <span class="quiet">
          {t({
            fr: `État : ${statusText[saving.status].fr}.`,
            en: `Standing: ${statusText[saving.status].en}.`,
          })}
        </span>
      </p>
      <IntervalPlot rows={rows} summary={t(saving.gap)} />
    </>
  );
};
