import { type Message, message } from '../core/message.ts';
import { precisionEn, precisionFr } from '../core/wording.ts';
import type { Compiled } from './compile.ts';
import { costOf, packageOf, worthPerEuro } from './plan-use.ts';
import type { Objective, Reason } from './types.ts';

/** A reason before it is known whose it is. */
export type Told = Omit<Reason, 'buildingId'>;

const figures = (value: number): Message => message(precisionFr(value, 3), precisionEn(value, 3));

/** `452 k€`, from a million on `1,62 M€`, under a thousand `561 €`. */
export const keuros = (euros: number): Message => {
  if (euros < 999.5) return message(`${Math.round(euros)} €`, `${Math.round(euros)} €`);
  const [scale, unit] = euros >= 999_500 ? [1e6, 'M€'] : [1000, 'k€'];
  const { fr, en } = figures(euros / scale);
  return message(`${fr} ${unit}`, `${en} ${unit}`);
};

/** What a euro brings, as a person says it for each objective; `scale` makes it of a worth a euro and a year. */
const yields: Readonly<Record<Objective, { readonly scale: number; readonly yearly: boolean } & Message>> = {
  energy: { scale: 1000, yearly: true, fr: 'kWh/an par k€', en: 'kWh/yr per k€' },
  carbon: { scale: 1000, yearly: true, fr: 'kg CO₂e/an par k€', en: 'kg CO₂e/yr per k€' },
  'net-value': { scale: 1, yearly: false, fr: '€ de valeur nette par €', en: '€ of net value per €' },
  'legal-risk': {
    scale: 1e6,
    yearly: false,
    fr: 'logements-années en règle par M€',
    en: 'lawful dwelling-years per M€',
  },
};

/** Years that the worth of an option of a year counts: what the energy and carbon objectives multiply by. */
const yearsCounted = (compiled: Compiled, option: number): number => {
  const { problem, years } = compiled;
  const saving = compiled.attribute[1][packageOf(compiled, option)];
  const carbon = compiled.attribute[2][packageOf(compiled, option)];
  const yearly = problem.objective === 'carbon' ? carbon : saving;
  return yearly > 0 ? compiled.worth[option] / yearly : years;
};

/** A worth a euro in words, at the years that `option` counts. */
export const yieldTold = (
  compiled: Compiled,
  option: number,
  perEuro = worthPerEuro(compiled, option),
): Message => {
  const { scale, yearly, fr, en } = yields[compiled.problem.objective ?? 'energy'];
  const value = figures((scale * perEuro) / (yearly ? Math.max(1e-9, yearsCounted(compiled, option)) : 1));
  return message(`${value.fr} ${fr}`, `${value.en} ${en}`);
};

const nameOf = (compiled: Compiled, option: number): Message =>
  compiled.problem.candidates[compiled.packageBuilding[packageOf(compiled, option)]].name;

/** `École Jules-Ferry (452 k€, 230 kWh/an par k€)`, a few of them. */
export const namedOptions = (compiled: Compiled, options: readonly number[]): Message => {
  const one = (option: number): Message => {
    const [name, cost, brings] = [
      nameOf(compiled, option),
      keuros(costOf(compiled, option)),
      yieldTold(compiled, option),
    ];
    return message(`${name.fr} (${cost.fr}, ${brings.fr})`, `${name.en} (${cost.en}, ${brings.en})`);
  };
  const told = options.map(one);
  return message(told.map(({ fr }) => fr).join(' et '), told.map(({ en }) => en).join(' and '));
};
