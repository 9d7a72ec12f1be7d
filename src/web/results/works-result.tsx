import type { EventView, LiveModels, Savings, WorksRecord } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { formatDay, formatNumber } from '../format.ts';
import { modelText, type Text, useLanguage, useText } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { MonthsCharts } from './months-chart.tsx';
import { PeriodsTable } from './periods-table.tsx';
import { Status } from './status.tsx';
import { WorksScope } from './works-scope.tsx';

type ResultProps = {
  readonly works: WorksRecord;
  readonly names: ReadonlyMap<string, Text>;
  readonly saving: Savings | undefined;
  readonly events: readonly EventView[];
  readonly models: LiveModels['models'];
  readonly onChange: () => void;
};

/** One works: what was done, what judges it, what it delivered beside what was promised. */
export const WorksResult = ({ works, names, saving, events, models, onChange }: ResultProps) => {
  const t = useText();
  const language = useLanguage();
  const name = (id: string): string => t(names.get(id) ?? { fr: id, en: id });
  const title = works.measures.map(name).join(' + ');
  return (
    <section aria-labelledby={`works-${works.id}`} class={saving?.status}>
      <h2 id={`works-${works.id}`}>
        {title} {saving !== undefined && <Status status={saving.status} />}
      </h2>
      <WorksFacts works={works} name={name} />
      {saving === undefined ? (
        <NotMeasured works={works} />
      ) : (
        <>
          <p>{t(saving.gap)}</p>
          <IntervalPlot
            rows={[
              { label: t({ fr: 'Mesurée', en: 'Measured' }), quantity: saving.savingsPercent },
              ...(saving.predictedPercent === null
                ? []
                : [
                    {
                      label: t({ fr: 'Prédite avant travaux', en: 'Predicted before works' }),
                      quantity: saving.predictedPercent,
                    },
                  ]),
            ]}
            summary={t(saving.gap)}
          />
          <p>
            {t({ fr: 'Réalisé sur prédit : ', en: 'Realised over predicted: ' })}
            <Figure
              label={{ fr: 'Taux de réalisation', en: 'Realisation rate' }}
              quantity={saving.realisationRate}
            />
          </p>
          <h3>{t({ fr: 'Mois par mois, et au total', en: 'Month by month, and in all' })}</h3>
          {saving.months.length === 0 ? (
            <p class="not-evaluated block">
              {t({
                fr: 'Pas de mois : les factures en couvrent plusieurs, ou les travaux changent d’énergie.',
                en: 'No months: bills cover several, or the works change the fuel.',
              })}
            </p>
          ) : (
            <MonthsCharts saving={saving} events={events} />
          )}
          <h3>{t({ fr: 'Selon la période et la méthode', en: 'By period and method' })}</h3>
          <PeriodsTable saving={saving} />
          {saving.comparison !== null && <ComparisonSentence comparison={saving.comparison} />}
          {saving.allCarriers !== null && <p class="quiet">{t(saving.allCarriers.note)}</p>}
          {saving.warnings.length > 0 && (
            <ul class="quiet">
              {saving.warnings.map(({ code, message, ref }) => (
                <li key={`${code}${ref ?? ''}${message.fr}`}>{t(message)}</li>
              ))}
            </ul>
          )}
          <WorksScope works={works} onChange={onChange} />
        </>
      )}
      {works.baselines.map((one) => (
        <BaselineSentence
          key={one.model}
          baseline={one}
          works={works}
          model={models.find(({ id }) => id === one.model)}
        />
      ))}
      {works.baselines.length === 0 && (
        <p class="not-evaluated block">
          {t({
            fr: `Aucune référence gelée pour ces travaux : il faut des relevés avant le ${formatDay(works.start, language)}, et que les travaux aient commencé.`,
            en: `No baseline frozen for these works: readings before ${formatDay(works.start, language)} are needed, and works that have begun.`,
          })}
        </p>
      )}
    </section>
  );
};

/** What similar buildings without works did, and which they are; or why there is no group. */
const ComparisonSentence = ({ comparison }: { readonly comparison: NonNullable<Savings['comparison']> }) => {
  const t = useText();
  const { group, note } = comparison;
  return (
    <>
      <p class={group === null ? 'quiet' : undefined}>{t(note)}</p>
      {group !== null && (
        <Folded
          summary={t({
            fr: `Qui est dans le groupe (${group.buildings.length + group.unnamed})`,
            en: `Who is in the group (${group.buildings.length + group.unnamed})`,
          })}
        >
          {() => (
            <ul>
              {group.buildings.map(({ id, name }) => (
                <li key={id}>
                  {t(name)} <small>({id})</small>
                </li>
              ))}
              {group.unnamed > 0 && (
                <li>
                  {t({
                    fr:
                      group.unnamed === 1
                        ? '1 résidence de peu de logements, comptée sans être nommée'
                        : `${group.unnamed} résidences de peu de logements, comptées sans être nommées`,
                    en: `${group.unnamed} ${group.unnamed === 1 ? 'residence' : 'residences'} of few dwellings, counted without being named`,
                  })}
                </li>
              )}
            </ul>
          )}
        </Folded>
      )}
    </>
  );
};

const NotMeasured = ({ works }: { readonly works: WorksRecord }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <p class="not-evaluated block">
      {works.endedBy === 'demolition'
        ? t({ fr: 'Démolition : il n’y a rien à mesurer.', en: 'Demolition: there is nothing to measure.' })
        : t({
            fr: `Non évalué : aucun relevé utilisable après le ${formatDay(works.end, language)} n’a encore été mesuré.`,
            en: `Not evaluated: no usable reading after ${formatDay(works.end, language)} has been measured yet.`,
          })}
    </p>
  );
};

const WorksFacts = ({
  works,
  name,
}: {
  readonly works: WorksRecord;
  readonly name: (id: string) => string;
}) => {
  const t = useText();
  const language = useLanguage();
  const facts: [Text, string | null][] = [
    [{ fr: 'Dates', en: 'Dates' }, `${formatDay(works.start, language)} – ${formatDay(works.end, language)}`],
    [
      { fr: 'Coût', en: 'Cost' },
      works.costEur === undefined ? null : `${formatNumber(works.costEur, language)}\u00a0€`,
    ],
    [
      { fr: 'Prévu', en: 'Planned' },
      works.planned === undefined ? null : works.planned.map(name).join(' + '),
    ],
    [{ fr: 'Entreprise', en: 'Contractor' }, works.contractor ?? null],
    [
      { fr: 'Réception', en: 'Acceptance' },
      works.accepted === undefined
        ? null
        : `${formatDay(works.accepted.day, language)}, ${works.accepted.by}`,
    ],
    [
      { fr: 'Déclarés par', en: 'Declared by' },
      works.declared === null
        ? t({ fr: 'le dossier du parc', en: 'the stock folder' })
        : `${works.declared.by}, ${formatDay(works.declared.at.slice(0, 10), language)}`,
    ],
  ];
  return (
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label.en}>
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
};

type BaselineProps = {
  readonly baseline: WorksRecord['baselines'][number];
  readonly works: WorksRecord;
  /** Absent where the model is of another meter than the one shown. */
  readonly model: LiveModels['models'][number] | undefined;
};

/** Which model judges, on which days, since when, and on whose word it was frozen. */
const BaselineSentence = ({ baseline, works, model }: BaselineProps) => {
  const t = useText();
  const language = useLanguage();
  const kind = model === undefined ? undefined : modelText[model.kind ?? ''];
  const days =
    model === undefined
      ? { fr: '', en: '' }
      : {
          fr: ` sur les jours du ${formatDay(model.window.from, 'fr')} au ${formatDay(model.window.to, 'fr')}, le ${formatDay(model.at.slice(0, 10), 'fr')}`,
          en: ` on the days from ${formatDay(model.window.from, 'en')} to ${formatDay(model.window.to, 'en')}, on ${formatDay(model.at.slice(0, 10), 'en')}`,
        };
  const what = {
    fr:
      kind === undefined
        ? ''
        : ` : ${kind.fr}${model?.cvRmse == null ? '' : `, écart type ${formatNumber(model.cvRmse, 'fr')} % de la moyenne`}`,
    en:
      kind === undefined
        ? ''
        : `: ${kind.en}${model?.cvRmse == null ? '' : `, spread ${formatNumber(model.cvRmse, 'en')} % of the mean`}`,
  };
  const who =
    works.declared === null
      ? { fr: '', en: '' }
      : {
          fr: ` Gelée sur la déclaration de ${works.declared.by}.`,
          en: ` Frozen on the word of ${works.declared.by}.`,
        };
  const kept = baseline.readingsKept
    ? {
        fr: ' Les relevés qui la fondent sont gardés avec elle : on peut la recalculer.',
        en: ' The readings behind it are kept with it: it can be computed again.',
      }
    : { fr: '', en: '' };
  return (
    <p class="quiet">
      {t({
        fr: `Référence gelée n° ${baseline.model} du compteur ${baseline.meterId}${days.fr}${what.fr}.${who.fr}${kept.fr}`,
        en: `Frozen baseline no. ${baseline.model} of meter ${baseline.meterId}${days.en}${what.en}.${who.en}${kept.en}`,
      })}{' '}
      <small lang={language}>
        {t({ fr: 'Empreinte', en: 'Hash' })} {baseline.dataHash.slice(0, 12)}
      </small>
    </p>
  );
};
