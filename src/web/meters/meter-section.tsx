import { useState } from 'preact/hooks';
import type { BuildingMeters, MeterAnalysis, MeterQuality } from '../../api/contract.ts';
import { useSteadyResource } from '../client.ts';
import { useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import type { Days } from '../router.ts';
import { AddReadings } from './add-readings.tsx';
import { AnalysisSections } from './analysis-sections.tsx';
import { BuildingEvents } from './events-section.tsx';
import { QualitySection } from './quality-section.tsx';
import { ReadingsSection } from './readings-section.tsx';

type SectionProps = {
  readonly meter: BuildingMeters['meters'][number];
  readonly buildingId: string;
  /** Something was decided or added: the list is asked again. */
  readonly onChange: () => void;
} & Days;

/** One meter: its readings, their defects, what the weather explains, the events, and the way to add readings. */
export const MeterSection = ({ meter, buildingId, from, to, onChange }: SectionProps) => {
  const t = useText();
  const path = `v1/meters/${encodeURIComponent(meter.id)}`;
  const quality = useSteadyResource<MeterQuality>(`${path}/quality`);
  const analysis = useSteadyResource<MeterAnalysis>(`${path}/analysis`);
  const [version, setVersion] = useState(0);
  const changed = (): void => {
    setVersion(version + 1);
    quality.retry();
    analysis.retry();
    onChange();
  };
  return (
    <>
      {meter.readings > 0 && (
        <>
          <ReadingsSection key={version} meter={meter} buildingId={buildingId} from={from} to={to} />
          <section aria-labelledby="quality">
            <h2 id="quality">{t({ fr: 'Les relevés douteux', en: 'The doubtful readings' })}</h2>
            <Pending loaded={quality}>
              {(value) => <QualitySection quality={value} meter={meter} onChange={changed} />}
            </Pending>
          </section>
          <Pending loaded={analysis}>
            {(value) => <AnalysisSections analysis={value} buildingId={buildingId} onChange={changed} />}
          </Pending>
          {meter.main && <BuildingEvents buildingId={buildingId} onChange={changed} />}
        </>
      )}
      {meter.computed === null ? (
        <AddReadings meter={meter} onChange={changed} />
      ) : (
        <p class="quiet">
          {t({
            fr: 'Ce compteur est calculé : ajoutez les relevés aux compteurs dont il vient.',
            en: 'This meter is computed: add the readings to the meters it comes from.',
          })}
        </p>
      )}
      {meter.readings === 0 && (
        <p class="quiet">
          {t({
            fr: 'Sans relevés, rien n’est évalué encore : ni signature, ni consommation d’une année.',
            en: 'Without readings nothing is evaluated yet: neither a signature nor the consumption of a year.',
          })}
        </p>
      )}
    </>
  );
};
