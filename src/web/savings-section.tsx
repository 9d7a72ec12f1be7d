import type { Building, Savings } from '../api/contract.ts';
import { Figure } from './figure.tsx';
import { formatDay, formatNumber } from './format.ts';
import { type Text, useLanguage, useText } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';

const statusText: Readonly<Record<Savings['status'], Text>> = {
  final: { fr: 'résultat établi', en: 'established' },
  provisional: { fr: 'provisoire', en: 'provisional' },
  disqualified: { fr: 'non recevable', en: 'disqualified' },
};

type SectionProps = { readonly savings: readonly Savings[]; readonly works: Building['works'] };

export const SavingsSection = ({ savings, works }: SectionProps) => {
  const t = useText();
  if (savings.length === 0)
    return (
      <p class="not-evaluated block">
        {t({
          fr: 'Aucun travail suivi sur ce bâtiment : rien à mesurer encore.',
          en: 'No works followed on this building: nothing to measure yet.',
        })}
      </p>
    );
  return (
    <>
      {savings.map((one) => (
        <OneSaving key={one.worksId} saving={one} works={works.find((work) => work.id === one.worksId)} />
      ))}
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
        {t(saving.gap)} <span class="quiet">({t(statusText[saving.status])})</span>
      </p>
      <IntervalPlot rows={rows} summary={t(saving.gap)} />
      <dl class="facts">
        <div>
          <dt>{t({ fr: 'Sans les travaux', en: 'Without the works' })}</dt>
          <dd>
            <Figure
              label={{ fr: 'Consommation sans les travaux', en: 'Consumption without the works' }}
              quantity={saving.counterfactual}
            />
          </dd>
        </div>
        <div>
          <dt>{t({ fr: 'Relevé', en: 'Metered' })}</dt>
          <dd>{formatNumber(saving.actualKwh / 1000, language)} MWh</dd>
        </div>
        <div>
          <dt>{t({ fr: 'Réalisé sur prédit', en: 'Realised over predicted' })}</dt>
          <dd>
            <Figure
              label={{ fr: 'Taux de réalisation', en: 'Realisation rate' }}
              quantity={saving.realisationRate}
            />
          </dd>
        </div>
      </dl>
      {saving.warnings.length > 0 && (
        <ul class="quiet">
          {saving.warnings.map((one) => (
            <li key={`${one.code}${one.ref ?? ''}${one.message.fr}`}>{t(one.message)}</li>
          ))}
        </ul>
      )}
    </>
  );
};
