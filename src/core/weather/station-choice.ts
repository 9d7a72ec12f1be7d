import { type Message, message } from '../message.ts';
import type { Station } from './weather.ts';

/** A station and the share of the wanted days it knows. */
export type StationCandidate = Station & { readonly coverage: number };

export type Site = {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM?: number;
};

type RankedStation = {
  readonly station: StationCandidate;
  readonly distanceKm: number;
  /** Station above site, m; NaN where one altitude is unknown. */
  readonly aboveM: number;
  readonly reason: Message;
};

export type StationChoice = RankedStation & {
  /** `chosen` fits; `fallback` is the best of those that do not. */
  readonly status: 'chosen' | 'fallback';
  /** The next best that fit, to fill gaps from, nearest first. */
  readonly others: readonly RankedStation[];
};

const earthKm = 6371.0088;
const DEG = Math.PI / 180;

/** Great-circle distance, km (haversine). */
export const distanceKm = (one: Site, other: Site): number => {
  const dLatitude = (other.latitudeDeg - one.latitudeDeg) * DEG;
  const dLongitude = (other.longitudeDeg - one.longitudeDeg) * DEG;
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(one.latitudeDeg * DEG) * Math.cos(other.latitudeDeg * DEG) * Math.sin(dLongitude / 2) ** 2;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
};

/** Least share of the wanted days. */
const leastCoverage = 0.9;
const farthestKm = 80;
const mostAboveM = 300;
/** 100 m up is 0.65 K (standard atmosphere), about what 20 km over the plain may differ by. */
const kmPerM = 0.2;

const rank = (
  site: Site,
  station: StationCandidate,
): RankedStation & { readonly cost: number; readonly fits: boolean } => {
  const distance = distanceKm(site, station);
  const aboveM = station.altitudeM - (site.altitudeM ?? Number.NaN);
  const height = Number.isNaN(aboveM) ? 0 : Math.abs(aboveM);
  const percent = Math.round(station.coverage * 100);
  const faults: Message[] = [
    ...(station.coverage < leastCoverage
      ? [message(`ne connaît que ${percent} % des jours`, `knows only ${percent} % of the days`)]
      : []),
    ...(distance > farthestKm
      ? [message(`est à ${distance.toFixed(0)} km`, `is ${distance.toFixed(0)} km away`)]
      : []),
    ...(height > mostAboveM
      ? [
          message(
            `est ${height.toFixed(0)} m plus ${aboveM > 0 ? 'haut' : 'bas'}`,
            `is ${height.toFixed(0)} m ${aboveM > 0 ? 'higher' : 'lower'}`,
          ),
        ]
      : []),
  ];
  const heightText = Number.isNaN(aboveM)
    ? message('écart d’altitude inconnu', 'difference of altitude unknown')
    : message(`${height.toFixed(0)} m d’écart d’altitude`, `${height.toFixed(0)} m of altitude apart`);
  const reason =
    faults.length === 0
      ? message(
          `${station.name} : à ${distance.toFixed(0)} km, ${heightText.fr}, ${percent} % des jours connus.`,
          `${station.name}: ${distance.toFixed(0)} km away, ${heightText.en}, ${percent} % of the days known.`,
        )
      : message(
          `${station.name} ne convient pas : elle ${faults.map(({ fr }) => fr).join(' et ')}.`,
          `${station.name} does not fit: it ${faults.map(({ en }) => en).join(' and ')}.`,
        );
  return {
    station,
    distanceKm: distance,
    aboveM,
    reason,
    cost: distance + kmPerM * height,
    fits: faults.length === 0,
  };
};

/**
 * The station to take for a site: among those that know 90 % of the wanted days within 80 km and 300 m of altitude,
 * the least distance, 100 m of altitude counting as 20 km. Where none fits, the one that knows most days within 250 km
 * (else the nearest) is the fallback, and the reason says what is wrong with it. Undefined without stations.
 */
export const chooseStation = (
  site: Site,
  stations: readonly StationCandidate[],
): StationChoice | undefined => {
  const ranked = stations.map((station) => rank(site, station)).sort((left, right) => left.cost - right.cost);
  const fitting = ranked.filter(({ fits }) => fits);
  const [best, ...others] = fitting;
  if (best !== undefined) return { ...best, status: 'chosen', others };
  const [nearest] = ranked;
  if (nearest === undefined) return undefined;
  const within = ranked.filter(({ distanceKm: far }) => far <= 250);
  const fallback = within.reduce(
    (most, one) => (one.station.coverage > most.station.coverage + 0.05 ? one : most),
    within[0] ?? nearest,
  );
  return { ...fallback, status: 'fallback', others: [] };
};
