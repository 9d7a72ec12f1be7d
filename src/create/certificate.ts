import type { Certificate, CertifiedElement } from '#core/certificate.ts';
import { message, type Warning, warning } from '#core/message.ts';
import { spreadQuantity } from '#core/quantity.ts';
import { withHeatLoss } from './envelope.ts';
import type { BuildingFacts } from './schema.ts';
import { spreads, uQuantity } from './spreads.ts';
import type { Envelope, EnvelopeElement } from './types.ts';
import { groupedEn, groupedFr } from '../core/wording.ts';

/** When the certificate gives no height, m. */
const ASSUMED_HEIGHT_M = 2.5;
/** The certified sum and the sum of the certified parts may differ by rounding and by parts entered for a neighbour. */
const SUM_TOLERANCE = 0.02;

const REASON = message('dit par le DPE', 'said by the certificate');
const SIDES = [0, 90, 180, 270] as const;

const elementOf = (source: CertifiedElement, certificate: Certificate): EnvelopeElement => ({
  globalId: `${certificate.number}/${source.id}`,
  ifcType: 'none',
  name: source.name,
  kind: source.kind,
  exposure: source.exposure,
  exposureConfidence: 0.9,
  exposureReason: REASON,
  areaNetM2: source.areaM2,
  areaGrossM2: source.areaM2,
  interiorNetM2: source.areaM2,
  interiorGrossM2: source.areaM2,
  azimuthDeg: source.azimuthDeg ?? 0,
  tiltDeg: source.tiltDeg,
  u: uQuantity(
    source.uWm2K,
    source.basis,
    `U ${source.uWm2K} W/(m2 K) of certificate ${certificate.number} (3CL-DPE 2021); b ${source.b} as certified`,
  ),
  b: source.exposure === 'adiabatic' ? 0 : source.b,
  solarFactor: source.solarFactor,
});

const areaOf = (elements: readonly EnvelopeElement[], test: (element: EnvelopeElement) => boolean): number =>
  elements.filter(test).reduce((sum, element) => sum + element.areaNetM2, 0);

const isOutside = (element: EnvelopeElement): boolean => element.exposure === 'exterior';

const warningsOf = (certificate: Certificate, envelope: Envelope): Warning[] => {
  const stated = certificate.statedLossWK;
  const ours = envelope.heatLossCoefficient.value;
  return [
    ...certificate.warnings,
    warning(
      'dpe-areas',
      'Sans maquette : surfaces, U et coefficients b sont ceux du DPE, en dimensions intérieures.',
      'No model: areas, U-values and factors b are the certificate’s, on inner dimensions.',
    ),
    ...(certificate.elements.some((one) => one.kind !== 'roof' && one.azimuthDeg === undefined)
      ? [
          warning(
            'orientation-assumed',
            'Des parois du DPE sont sans orientation : elles sont mises au nord, ce qui ne compte que pour le soleil.',
            'Some elements of the certificate have no orientation: they are put to the north, which only matters for the sun.',
          ),
        ]
      : []),
    ...(stated !== undefined && stated > 0 && Math.abs(ours / stated - 1) > SUM_TOLERANCE
      ? [
          warning(
            'loss-against-certificate',
            `Les parois du DPE donnent ${groupedFr(ours)} W/K, sa propre somme ${groupedFr(stated)} W/K. La somme des parois est gardée.`,
            `The certificate’s elements give ${groupedEn(ours)} W/K, its own sum ${groupedEn(stated)} W/K. The sum of the elements is kept.`,
          ),
        ]
      : []),
  ];
};

/**
 * The envelope a certificate describes, on the inner dimensions of the French method: each element with its certified U and b, spread by how the surveyor
 * came to it; bridges and air as certified.
 */
export const envelopeFromCertificate = (certificate: Certificate): Envelope => {
  const elements = certificate.elements.map((one) => elementOf(one, certificate));
  const walls = areaOf(elements, (one) => one.kind === 'wall' && isOutside(one));
  const isWindow = (one: EnvelopeElement): boolean => one.kind === 'window' && isOutside(one);
  const windowM2 = areaOf(elements, (one) => isWindow(one) && one.tiltDeg > 60);
  const doorM2 = areaOf(elements, (one) => one.kind === 'door' && isOutside(one));
  const areas = {
    wallGrossM2: walls + windowM2 + doorM2,
    wallNetM2: walls,
    roofM2: areaOf(elements, (one) => one.kind === 'roof' && one.exposure !== 'adiabatic'),
    groundM2: areaOf(elements, (one) => one.kind === 'floor' && one.exposure === 'ground'),
  };
  const volumeM3 = certificate.floorAreaM2 * (certificate.storeyHeightM ?? ASSUMED_HEIGHT_M);
  const facing = (azimuth: number, kind: EnvelopeElement['kind']): number =>
    areaOf(elements, (one) => one.kind === kind && isOutside(one) && one.azimuthDeg === azimuth);
  const envelope = withHeatLoss({
    schema: 'stacoptim.envelope/1',
    closed: true,
    missing: [],
    warnings: [],
    exterior: areas,
    interior: areas,
    windowM2,
    roofLightM2: areaOf(elements, (one) => isWindow(one) && one.tiltDeg <= 60),
    doorM2,
    floorAreaM2: certificate.floorAreaM2,
    volumeM3,
    externalWalls: elements.filter((one) => one.kind === 'wall' && one.exposure !== 'adiabatic').length,
    internalWalls: elements.filter((one) => one.kind === 'wall' && one.exposure === 'adiabatic').length,
    byOrientation: SIDES.map((azimuthDeg) => ({
      azimuthDeg,
      wallNetM2: facing(azimuthDeg, 'wall'),
      windowM2: facing(azimuthDeg, 'window'),
      doorM2: facing(azimuthDeg, 'door'),
      wallGrossM2: facing(azimuthDeg, 'wall') + facing(azimuthDeg, 'window') + facing(azimuthDeg, 'door'),
    })),
    elements,
    cells: [],
    groundPerimeterM: 0,
    cellarPerimeterM: 0,
    heatedStoreys: certificate.storeys ?? 1,
    junctions: [],
    bridges: spreadQuantity(
      certificate.bridgesWK,
      'W/K',
      spreads.typedThermalBridges.spread,
      'declared',
      `Thermal bridges of certificate ${certificate.number}: 3CL-DPE 2021, Σ k·l`,
    ),
    air: spreadQuantity(
      certificate.airWK,
      'W/K',
      certificate.airMeasured ? spreads.element.declared.spread : spreads.airChange.spread,
      certificate.airMeasured ? 'declared' : 'period-default',
      `Air change of certificate ${certificate.number}: 3CL-DPE 2021, ${certificate.airMeasured ? 'leakage measured' : 'conventional leakage'}`,
    ),
    ...(certificate.period === undefined ? {} : { period: certificate.period }),
  });
  return { ...envelope, warnings: warningsOf(certificate, envelope) };
};

/** The department that the number of a certificate begins with after its year: `2144E…` is of the Loire-Atlantique. */
const departmentOf = ({ number }: Certificate): Pick<BuildingFacts, 'department'> => {
  const department = /^\d{2}(\d{2}|2[AB])E/.exec(number)?.[1];
  return department === undefined || department === '00' ? {} : { department };
};

/** What a certificate says of the building beside its envelope. */
export const factsFromCertificate = (certificate: Certificate): Partial<BuildingFacts> => ({
  name: `DPE ${certificate.number}`,
  use: 'housing',
  ...departmentOf(certificate),
  ...(certificate.constructionYear === undefined ? {} : { constructionYear: certificate.constructionYear }),
  ...(certificate.dwellings === undefined ? {} : { dwellings: certificate.dwellings }),
  ...(certificate.heating === undefined ? {} : { heating: certificate.heating }),
  ...(certificate.carrier === undefined ? {} : { carrier: certificate.carrier }),
  ...(certificate.hotWaterOnHeatingMeter === undefined
    ? {}
    : { hotWaterOnHeatingMeter: certificate.hotWaterOnHeatingMeter }),
  ...(certificate.inertia === undefined ? {} : { inertia: certificate.inertia }),
});
