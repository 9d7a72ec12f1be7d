import type { Building } from '../client/names.ts';
import { useResource, useSteadyResource } from './client.ts';
import { DeleteBuilding } from './delete-building.tsx';
import { EnvelopeSection } from './envelope-section.tsx';
import { Figure } from './figure.tsx';
import { useLanguage, useText, useTextOf, words } from './i18n.ts';
import { LabelChances, notACertificate } from './label-chances.tsx';
import { ModelSentence } from './model-sentence.tsx';
import { Pending } from './pending.tsx';
import { assumptionsHref, metersHref } from './router.ts';
import { SavingsSection } from './savings-section.tsx';
import { ScenarioSection } from './scenario-section.tsx';
import { SignatureChart } from './signature-chart.tsx';

export const BuildingPage = ({ id }: { readonly id: string }) => {
  const building = useSteadyResource('GET /v1/buildings/{id}', { path: { id } });
  const signature = useResource('GET /v1/buildings/{id}/signature', { path: { id } });
  const savings = useResource('GET /v1/buildings/{id}/savings', { path: { id } });
  const t = useText();
  return (
    <Pending loaded={building}>
      {(one) => (
        <>
          <Identity building={one} />
          <NextSteps building={one} />
          <ScenarioSection building={one} />
          <EnvelopeSection building={one} onChanged={building.retry} />
          <section aria-labelledby="signature">
            <h2 id="signature">{t(words.signature)}</h2>
            <Pending loaded={signature}>
              {(value) => (
                <>
                  <ModelSentence signature={value} usable={one.fit?.usable ?? false} />
                  <SignatureChart signature={value} />
                </>
              )}
            </Pending>
            <p>
              <a href={metersHref(id)}>
                {t({
                  fr: 'Voir les compteurs : relevés, défauts, écarts au modèle',
                  en: 'See the meters: readings, defects, gaps to the model',
                })}
              </a>
            </p>
            <WhatIsNotKnown building={one} />
          </section>
          <section aria-labelledby="measured">
            <h2 id="measured">{t(words.measured)}</h2>
            <Pending loaded={savings}>
              {(value) => <SavingsSection buildingId={id} savings={value} works={one.works} />}
            </Pending>
          </section>
          <DeleteBuilding building={one} />
        </>
      )}
    </Pending>
  );
};

/** A new building says what would make its figures surer, and where: nobody should have to look for it. */
const NextSteps = ({ building }: { readonly building: Building }) => {
  const t = useText();
  if (building.annualKwh !== null) return null;
  return (
    <p class="notice print-hidden">
      {t({
        fr: 'Sans compteur, les intervalles sont larges. Ensuite : ',
        en: 'Without a meter the intervals are wide. Next: ',
      })}
      <a href={metersHref(building.id)}>
        {t({ fr: 'ajouter ses factures ou ses relevés', en: 'add its bills or readings' })}
      </a>
      {', '}
      <a href={assumptionsHref(building.id)}>
        {t({
          fr: 'déposer son DPE ou répondre aux questions',
          en: 'drop its certificate or answer the questions',
        })}
      </a>
      .
    </p>
  );
};

/** Measurements named: the page says what to do next, not everything that could be done. */
const MOST_NAMED = 3;

const WhatIsNotKnown = ({ building }: { readonly building: Building }) => {
  const t = useText();
  const worth = building.measurements.slice(0, MOST_NAMED);
  return (
    <>
      <p>{t(building.drift)}</p>
      {worth.length > 0 && (
        <>
          <p>{t(words.worthMeasuring)}</p>
          <ul>
            {worth.map(({ id, sentence }) => (
              <li key={id}>{t(sentence)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const lastYear = { fr: 'Consommation de la dernière année relevée', en: 'Consumption of the last year read' };
const inMeanWeather = { fr: 'Par an, en météo moyenne', en: 'A year, in mean weather' };
/** Why the two differ from each other and from the energy that options are compared on. */
const whichYears = {
  fr: 'La première de ces consommations est dans la météo de son année ; la seconde, dans la moyenne des années de météo connues. Les travaux ci-dessous sont comparés dans une troisième météo, dite avec eux.',
  en: 'The first of these consumptions is in the weather of its own year; the second in the mean of the years of weather known. The works below are compared in a third weather, told with them.',
};

const Identity = ({ building }: { readonly building: Building }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <div class="identity">
      <p class="kicker">
        {t(building.name)} · {t(useTextOf[building.use] ?? { fr: building.use, en: building.use })}
        {building.commune !== '' && ` · ${building.commune}`}
        {building.constructionYear !== null && ` · ${building.constructionYear}`}
      </p>
      {building.data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
      <dl class="facts">
        <div>
          <dt>{t(words.area)}</dt>
          <dd>
            <Figure label={words.area} quantity={building.floorAreaM2} interval={false} />
          </dd>
        </div>
        <div>
          <dt>{t(lastYear)}</dt>
          <dd>
            <Figure label={lastYear} quantity={building.annualKwh} />
          </dd>
        </div>
        {building.normalisedKwh !== null && (
          <div>
            <dt>{t(inMeanWeather)}</dt>
            <dd>
              <Figure label={inMeanWeather} quantity={building.normalisedKwh} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t(words.heatLoss)}</dt>
          <dd>
            <Figure label={words.heatLoss} quantity={building.heatLossWK} />
          </dd>
        </div>
        {building.dpeLabel !== undefined && (
          <div>
            <dt>
              {t({
                fr: `Étiquette probable (${notACertificate.fr})`,
                en: `Likely label (${notACertificate.en})`,
              })}
            </dt>
            <dd>
              <LabelChances label={building.dpeLabel} />
            </dd>
          </div>
        )}
      </dl>
      {building.annualKwh !== null && building.normalisedKwh !== null && <p class="quiet">{t(whichYears)}</p>}
      <p class="print-hidden">
        {t({ fr: 'Audit du bâtiment :', en: 'Audit of the building:' })}{' '}
        {(['pdf', 'html', 'json'] as const).map((format) => (
          <a
            key={format}
            class="file"
            href={`v1/buildings/${encodeURIComponent(building.id)}/report?format=${format}&lang=${language}`}
            download=""
            aria-label={t({
              fr: `${format.toUpperCase()}, audit du bâtiment`,
              en: `${format.toUpperCase()}, audit of the building`,
            })}
          >
            {format.toUpperCase()}
          </a>
        ))}
      </p>
    </div>
  );
};
