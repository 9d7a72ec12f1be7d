import type { BuildingMeters } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { formatDay } from '../format.ts';
import { type Text, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { buildingHref, type Days } from '../router.ts';
import { AddMeter } from './add-meter.tsx';
import { MeterSection } from './meter-section.tsx';
import { MeterTable } from './meter-table.tsx';
import { coverageText, ofCarrierText } from './words.ts';
import './meters.css';

type Meter = BuildingMeters['meters'][number];

type PageProps = { readonly id: string; readonly meter: string | null } & Days;

/** The meters of a building and one of them in full; the address holds the building, the meter and the days shown. */
export const MetersPage = ({ id, meter, from, to }: PageProps) => {
  const list = useSteadyResource('GET /v1/buildings/{id}/meters', { path: { id } });
  return (
    <Pending loaded={list}>
      {(all) => {
        const shown = all.meters.find((one) => one.id === meter) ?? all.meters[0];
        return (
          <>
            <Heading all={all} shown={shown} />
            {meter !== null && shown?.id !== meter && <NoSuchMeter id={meter} />}
            {all.meters.length > 0 && <MeterTable all={all} shown={shown} />}
            <Dwellings count={all.dwellings} />
            {shown !== undefined && (
              <MeterSection
                key={shown.id}
                meter={shown}
                buildingId={id}
                from={from}
                to={to}
                onChange={list.retry}
              />
            )}
            <AddMeter buildingId={id} first={all.meters.length === 0} onChange={list.retry} />
          </>
        );
      }}
    </Pending>
  );
};

const toDecide = ({ findings, undecided }: Meter): Text => {
  if (findings === 0) return { fr: 'aucun défaut trouvé', en: 'no defect found' };
  if (undecided === 0)
    return { fr: 'chaque défaut trouvé a sa décision', en: 'every defect found has its decision' };
  return {
    fr: `${undecided} défaut${undecided > 1 ? 's restent' : ' reste'} à trancher`,
    en: `${undecided} defect${undecided > 1 ? 's are' : ' is'} left to decide`,
  };
};

/** The title is the answer: how much of the time this energy is known, and what is left to do about it. */
const answerOf = (meter: Meter): Text => {
  const carrier = ofCarrierText(meter.carrier);
  if (meter.firstDay === null || meter.coverage === null)
    return {
      fr: `Compteur ${carrier.fr} : aucun relevé encore.`,
      en: `${carrier.en} meter: no reading yet.`,
    };
  const coverage = coverageText(meter.coverage);
  const todo = toDecide(meter);
  return {
    fr: `Compteur ${carrier.fr} : ${coverage.fr} du temps connu depuis le ${formatDay(meter.firstDay, 'fr')}, ${todo.fr}.`,
    en: `${carrier.en} meter: ${coverage.en} of the time known since ${formatDay(meter.firstDay, 'en')}, ${todo.en}.`,
  };
};

const Heading = ({ all, shown }: { readonly all: BuildingMeters; readonly shown: Meter | undefined }) => {
  const t = useText();
  return (
    <>
      <p class="kicker">
        <a href={buildingHref(all.buildingId)}>{t(all.name)}</a>
      </p>
      <h1>
        {t(
          shown === undefined
            ? { fr: 'Ce bâtiment n’a pas encore de compteur.', en: 'This building has no meter yet.' }
            : answerOf(shown),
        )}
      </h1>
    </>
  );
};

const NoSuchMeter = ({ id }: { readonly id: string }) => {
  const t = useText();
  return (
    <p role="alert" class="alert">
      {t({
        fr: `Ce bâtiment n’a pas de compteur « ${id} » ouvert à tous : le premier est montré.`,
        en: `This building has no meter “${id}” open to all: the first is shown.`,
      })}
    </p>
  );
};

const Dwellings = ({ count }: { readonly count: number }) => {
  const t = useText();
  if (count === 0) return null;
  return (
    <p class="quiet">
      {t({
        fr: `${count} compteur${count > 1 ? 's' : ''} de logement ne ${count > 1 ? 'sont' : 'est'} pas montré${count > 1 ? 's' : ''} : ce sont des données personnelles. La page du bâtiment les lit en groupe.`,
        en: `${count} dwelling meter${count > 1 ? 's are' : ' is'} not shown: they are personal data. The building’s page reads them as a group.`,
      })}
    </p>
  );
};
