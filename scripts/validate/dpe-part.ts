import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DpeZone, labelOf } from '../../src/simulate/index.ts';
import { validateCore } from './dpe-core.ts';
import { absentFigure, type Figure, figuresOf, type Part } from '../figures/figure.ts';

const command = 'npm run validate -- --only dpe';
const row = figuresOf('dpe', command);

/** Metres that stand for the altitude classes of the certificates: below 400, 400 to 800, above. */
const altitudes: Readonly<Record<string, number>> = { '1': 200, '2': 600, '3': 1000 };

type Certificate = {
  readonly number: string;
  readonly date: string;
  readonly zone: DpeZone;
  readonly altitudeM: number;
  readonly areaM2: number;
  readonly primaryKwhM2: number;
  readonly ghgKgM2: number;
  readonly label: string;
  readonly ghgClass: string;
};

const readIndex = (file: string): Certificate[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const at = (name: string): string => cells[names.indexOf(name)] ?? '';
    return {
      number: at('dpe'),
      date: at('date'),
      zone: at('zone') as DpeZone,
      altitudeM: altitudes[at('alt')] ?? 0,
      areaM2: Number(at('s_log')) || Number(at('s_imm')),
      primaryKwhM2: Number(at('ep_5_m2')),
      ghgKgM2: Number(at('ges_5_m2')),
      label: at('classe_dpe'),
      ghgClass: at('classe_ges'),
    };
  });
};

const validateLabels = (corpus: string): Figure[] => {
  const folder = join(corpus, 'reference/dpe');
  const index = existsSync(folder)
    ? readdirSync(folder).find((name) => /^dpe_index.*\.csv$/.test(name))
    : undefined;
  const metric = 'certificates with the certified label from their certified use';
  if (index === undefined)
    return [absentFigure({ id: 'dpe.label', metric, unit: '%', goal: '100', command })];
  const certificates = readIndex(join(folder, index));
  const share = (test: (one: Certificate) => boolean): number =>
    (100 * certificates.filter(test).length) / certificates.length;
  const label = share((one) => labelOf(one, one).label === one.label);
  const ghg = share((one) => labelOf(one, one).ghg === one.ghgClass);
  const figure = (id: string, name: string, value: number): Figure =>
    row({ id, metric: name, value, unit: '%', goal: '100', holds: value === 100, n: certificates.length });
  return [
    figure('label', metric, label),
    figure('ghg', 'certificates with the certified greenhouse-gas class', ghg),
    ...validateCore(row, folder, new Map(certificates.map((one) => [one.number, one.label])), command),
  ];
};

export const dpePart: Part = {
  title: 'DPE labels',
  notes: `Limits of both scales by date, area and altitude on real certificates: the label that follows from the certified primary energy and greenhouse gas.

The conventional core (src/simulate/dpe) is given each certificate’s areas, U, b, Sw, bridges, air change and the characteristics of its systems, and computes needs, seasonal efficiencies, uses, primary energy and gases; the engine of Open3CL is fed the same files in its own process, in its mode closest to certified programs. The rules were looked at on one half of the certificates (a hash of the number); the other half is given apart. Not modelled: own photovoltaic production, and the emission factor of a named heat network, which takes the default.`,
  run: ({ corpus }) => Promise.resolve(validateLabels(corpus)),
};
