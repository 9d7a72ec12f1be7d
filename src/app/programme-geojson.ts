import type { Store } from '#store/index.ts';
import type { Language } from '../core/message.ts';
import type { ProgrammeView } from './programme-views.ts';
import { siteOf } from './weather-station.ts';

type Feature = {
  readonly type: 'Feature';
  readonly id: string;
  /** Null where nobody has said where the building stands (RFC 7946, 3.2). */
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly [number, number] } | null;
  readonly properties: Readonly<Record<string, string | number | null>>;
};

/**
 * A programme as a GeoJSON collection (RFC 7946): one point a building at its declared place, WGS 84 longitude then latitude, with its
 * year, works, cost, saving and reason; buildings left out have no year. A building without a place keeps its properties and
 * has no geometry.
 */
export const programmeGeoJson = async (
  store: Store,
  view: ProgrammeView,
  language: Language,
): Promise<{ readonly type: 'FeatureCollection'; readonly features: readonly Feature[] }> => {
  const law = new Map(view.law?.buildings.map((one) => [one.buildingId, one]));
  const notSooner = new Map(view.late.map((one) => [one.buildingId, one.reason[language]]));
  const rows: { readonly id: string; readonly properties: Feature['properties'] }[] = [
    ...view.chosen.map((one) => ({
      id: one.buildingId,
      properties: {
        name: one.name[language],
        status: 'chosen',
        year: one.year,
        works: one.measures.map(({ name }) => name[language]).join(' + '),
        costEur: one.costEur,
        savingKwh: one.savingKwh.value,
        savingLowKwh: one.savingKwh.low,
        savingHighKwh: one.savingKwh.high,
        reason: one.reason?.[language] ?? null,
        notSooner: notSooner.get(one.buildingId) ?? null,
      },
    })),
    ...view.notChosen.map((one) => ({
      id: one.buildingId,
      properties: {
        name: one.name[language],
        status: 'not-chosen',
        year: null,
        reason: one.reason[language],
        entryCostEur: one.entryCostEur,
      },
    })),
  ];
  const features: Feature[] = [];
  for (const { id, properties } of rows) {
    const site = siteOf(await store.buildings.get(id));
    const dated = law.get(id);
    features.push({
      type: 'Feature',
      id,
      geometry:
        site === undefined ? null : { type: 'Point', coordinates: [site.longitudeDeg, site.latitudeDeg] },
      properties: {
        ...properties,
        legalDeadlineYear: dated?.deadlineYear ?? null,
        legalStanding: dated?.standing ?? null,
      },
    });
  }
  return { type: 'FeatureCollection', features };
};
