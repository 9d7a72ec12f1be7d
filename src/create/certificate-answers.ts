import type { Certificate, CertifiedElement } from '#core/certificate.ts';
import { heatingNames } from '#core/heating-names.ts';
import { type Message, message, type Warning, warning } from '#core/message.ts';
import { factsFromCertificate } from './certificate.ts';
import type { Answers, BuildingFacts } from './schema.ts';
import type { Envelope, EnvelopeElement } from './types.ts';
import { groupKey } from './overrides.ts';
import { decimalFr, groupedEn, groupedFr } from '../core/wording.ts';

/** What a surveyor did not merely assume. */
const surveyed: ReadonlySet<CertifiedElement['basis']> = new Set(['declared', 'computed', 'library']);
/** Share of the certified area of a kind whose U the surveyor knew, for it to stand for the kind. */
const KNOWN_SHARE = 0.8;
/** A certificate of the same building has the same floor area, give or take the ways of measuring it. */
const SAME_AREA = 0.25;
/** What a model, or a person, says of an element is nearer to it than a certificate. */
const weak: ReadonlySet<EnvelopeElement['u']['provenance']> = new Set(['library', 'period-default']);

const kindNames: Readonly<Record<'wall' | 'roof' | 'window' | 'door', Message>> = {
  wall: message('murs', 'walls'),
  roof: message('toiture', 'roof'),
  window: message('fenêtres', 'windows'),
  door: message('portes', 'doors'),
};
const inertiaNames: Readonly<Record<NonNullable<BuildingFacts['inertia']>, Message>> = {
  'very-light': message('très légère', 'very light'),
  light: message('légère', 'light'),
  medium: message('moyenne', 'medium'),
  heavy: message('lourde', 'heavy'),
  'very-heavy': message('très lourde', 'very heavy'),
};
const kinds = ['wall', 'roof', 'window', 'door'] as const;

type Certified = { readonly uWm2K: number; readonly known: boolean };

/** Mean U of what a certificate has of one kind towards outside; undefined where it has none. */
const certifiedU = ({ elements }: Certificate, kind: (typeof kinds)[number]): Certified | undefined => {
  const outside = elements.filter(
    (one) => one.kind === kind && one.exposure === 'exterior' && one.areaM2 > 0,
  );
  const area = outside.reduce((sum, { areaM2 }) => sum + areaM2, 0);
  if (area === 0) return undefined;
  const known = outside
    .filter(({ basis }) => surveyed.has(basis))
    .reduce((sum, { areaM2 }) => sum + areaM2, 0);
  return {
    uWm2K: outside.reduce((sum, { areaM2, uWm2K }) => sum + areaM2 * uWm2K, 0) / area,
    known: known >= KNOWN_SHARE * area,
  };
};

export type CertificateAnswers = {
  readonly answers: Answers;
  /** What it answers, in words. */
  readonly said: readonly Message[];
  /** Why it might be of another building, and what of it was not used. */
  readonly warnings: readonly Warning[];
};

/**
 * What a certificate of the same building answers of the questions a model leaves open: use, year, dwellings, heating, inertia, and the
 * U-values (W/(m2 K)) that its surveyor knew, of the elements whose own are only supposed. Air and grounds are left: a certificate's are
 * conventional. The heating that a person has `answered` is not taken in part.
 */
export const answersOfCertificate = (
  certificate: Certificate,
  envelope: Envelope,
  answered: NonNullable<Answers['building']> = {},
): CertificateAnswers => {
  const { name: _name, dwellings, ...all } = factsFromCertificate(certificate);
  const { heating: _heating, carrier: _carrier, hotWaterOnHeatingMeter: _hotWater, ...others } = all;
  // A system and its energy are one answer: a person's boiler with the certificate's electricity would be neither.
  const facts: Partial<BuildingFacts> =
    answered.heating === undefined && answered.carrier === undefined ? all : others;
  const whole = certificate.scope === 'building';
  const period = certificate.constructionYear?.toString() ?? certificate.period;
  const uByGroup: Record<string, number> = {};
  const said: Message[] = [];
  const unused: Message[] = [];
  for (const kind of kinds) {
    const certified = certifiedU(certificate, kind);
    const groups = new Set(
      envelope.elements
        .filter((one) => one.kind === kind && one.exposure === 'exterior' && weak.has(one.u.provenance))
        .map(groupKey),
    );
    if (certified === undefined || groups.size === 0) continue;
    if (!certified.known) {
      unused.push(kindNames[kind]);
      continue;
    }
    const rounded = Math.round(certified.uWm2K * 100) / 100;
    for (const key of groups) uByGroup[key] = rounded;
    said.push(
      message(
        `U ${kindNames[kind].fr} : ${decimalFr(rounded, 2)} W/(m²·K)`,
        `U ${kindNames[kind].en}: ${rounded.toFixed(2)} W/(m2 K)`,
      ),
    );
  }
  if (period !== undefined) said.unshift(message(`construction : ${period}`, `built: ${period}`));
  if (facts.heating !== undefined)
    said.push(
      message(`chauffage : ${heatingNames[facts.heating].fr}`, `heating: ${heatingNames[facts.heating].en}`),
    );
  if (whole && dwellings !== undefined)
    said.push(message(`logements : ${dwellings}`, `dwellings: ${dwellings}`));
  if (facts.inertia !== undefined)
    said.push(
      message(
        `inertie : ${inertiaNames[facts.inertia].fr}`,
        `thermal mass: ${inertiaNames[facts.inertia].en}`,
      ),
    );
  if (facts.department !== undefined)
    said.push(message(`département : ${facts.department}`, `department: ${facts.department}`));
  const ours = envelope.floorAreaM2;
  const far = ours > 0 && Math.abs(certificate.floorAreaM2 / ours - 1) > SAME_AREA;
  return {
    answers: {
      building: { ...facts, ...(whole && dwellings !== undefined ? { dwellings } : {}) },
      ...(period === undefined ? {} : { period }),
      ...(Object.keys(uByGroup).length === 0 ? {} : { uByGroup }),
    },
    said,
    warnings: [
      ...(far
        ? [
            warning(
              'dpe-other-area',
              `Ce DPE ${whole ? '' : 'de logement '}compte ${groupedFr(certificate.floorAreaM2)} m² et la maquette ${groupedFr(ours)} m² : vérifiez qu’il est bien de ce bâtiment${whole ? '' : ' et que ce logement le représente'}.`,
              `This certificate ${whole ? '' : 'of a dwelling '}counts ${groupedEn(certificate.floorAreaM2)} m2 and the model ${groupedEn(ours)} m2: check that it is of this building${whole ? '' : ' and that this dwelling stands for it'}.`,
            ),
          ]
        : []),
      ...(unused.length === 0
        ? []
        : [
            warning(
              'dpe-defaults-unused',
              `Le diagnostiqueur a lui-même pris des valeurs par défaut : ${unused.map(({ fr }) => fr).join(', ')}. Elles n’apprennent rien et ne sont pas reprises.`,
              `The surveyor took defaults for: ${unused.map(({ en }) => en).join(', ')}. They teach nothing and are not taken over.`,
            ),
          ]),
    ],
  };
};
