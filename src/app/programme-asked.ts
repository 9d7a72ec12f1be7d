import { type Message, message } from '../core/message.ts';
import { groupedEn, groupedFr } from '../core/wording.ts';
import type { ProgrammeView } from './programme-views.ts';
import { plain } from './report.ts';

type Asked = NonNullable<ProgrammeView['request']>;

const nothing = message('rien', 'none');

/** The same in both languages. */
const same = (text: string): Message => message(text, text);
const figures = (value: number): Message => message(plain(value, 'fr', 4), plain(value, 'en', 4));
/** Thousands of euros to the last one, their own thousands apart. */
const thousands = (euros: number): Message =>
  message(groupedFr(Math.round(euros / 1000)), groupedEn(Math.round(euros / 1000)));
const ofOptional = <T>(value: T | undefined, said: (value: T) => Message): Message =>
  value === undefined ? nothing : said(value);
const joined = (parts: readonly Message[]): Message =>
  message(parts.map(({ fr }) => fr).join(', '), parts.map(({ en }) => en).join(', '));

/** What a programme is for, as a person says it. */
const aims: Readonly<Record<NonNullable<Asked['objective']>, Message>> = {
  energy: message('économiser le plus d’énergie', 'save the most energy'),
  carbon: message('éviter le plus de carbone', 'avoid the most carbon'),
  'net-value': message('avoir la plus grande valeur nette', 'have the greatest net value'),
  'legal-risk': message('garder le plus de logements dans la loi', 'keep the most dwellings inside the law'),
};

/** What one unit of the aim is, for the price of a date. */
const priceUnits: Readonly<Record<NonNullable<Asked['objective']>, Message>> = {
  energy: same('kWh'),
  carbon: same('kg CO₂e'),
  'net-value': same('€'),
  'legal-risk': message('logements', 'dwellings'),
};

const legalTold = ({ legalDates, objective = 'energy' }: Asked): Message => {
  if (legalDates === undefined) return message('seulement dites', 'only told');
  if (legalDates === 'hard') return message('toutes tenues', 'all kept');
  const [price, unit] = [figures(legalDates), priceUnits[objective]];
  return message(
    `tenues au prix de ${price.fr} ${unit.fr} par logement et par an`,
    `kept at a price of ${price.en} ${unit.en} a dwelling and year`,
  );
};

type NameOf = (buildingId: string) => Message;

/** How each thing that may be asked is said. */
const askedWords: readonly {
  readonly name: Message;
  readonly of: (request: Asked, nameOf: NameOf) => Message;
}[] = [
  {
    name: message('budget', 'budget'),
    of: ({ budgetEur }) => message(`${thousands(budgetEur).fr} k€`, `${thousands(budgetEur).en} k€`),
  },
  {
    name: message('budgets annuels (k€)', 'yearly budgets (k€)'),
    of: ({ budgetsEur }) =>
      ofOptional(budgetsEur, (all) => {
        const told = all.map(thousands);
        return message(told.map(({ fr }) => fr).join(' + '), told.map(({ en }) => en).join(' + '));
      }),
  },
  { name: message('années', 'years'), of: ({ years }) => ofOptional(years, (count) => same(String(count))) },
  {
    name: message('première année', 'first year'),
    of: ({ firstYear }) => ofOptional(firstYear, (year) => same(String(year))),
  },
  { name: message('but', 'aim'), of: ({ objective = 'energy' }) => aims[objective] },
  { name: message('dates de la loi', 'dates of the law'), of: legalTold },
  {
    name: message('chance qui lie une date', 'chance that binds a date'),
    of: ({ legalChance }) =>
      ofOptional(legalChance, (chance) => same(`${String(Math.round(100 * chance))} %`)),
  },
  {
    name: message('ce qu’une année laisse', 'what one year leaves'),
    of: ({ carryOver }) =>
      carryOver === true ? message('va à la suivante', 'goes to the next') : message('est perdu', 'is lost'),
  },
  {
    name: message('économie minimale (MWh par an)', 'least saving (MWh a year)'),
    of: ({ minimumSavingKwh }) => ofOptional(minimumSavingKwh, (kwh) => figures(kwh / 1000)),
  },
  {
    name: message('économie minimale (part du parc)', 'least saving (share of the stock)'),
    of: ({ minimumSavingShare }) =>
      ofOptional(minimumSavingShare, (share) => same(`${String(Math.round(100 * share))} %`)),
  },
  {
    name: message('carbone évité au moins (t par an)', 'carbon avoided at least (t a year)'),
    of: ({ minimumCarbonKg }) => ofOptional(minimumCarbonKg, (kg) => figures(kg / 1000)),
  },
  {
    name: message('chantiers par an, au plus', 'sites a year, at most'),
    of: ({ sitesAYear }) => ofOptional(sitesAYear, figures),
  },
  {
    name: message('logements en travaux par an, au plus', 'dwellings at work a year, at most'),
    of: ({ dwellingsAYear }) => ofOptional(dwellingsAYear, figures),
  },
  {
    name: message('parts réservées', 'shares kept'),
    of: ({ fairness }) =>
      ofOptional(fairness, (all) =>
        same(
          all
            .map(({ group, minimumShare }) => `${group} ${String(Math.round(100 * minimumShare))} %`)
            .join(', '),
        ),
      ),
  },
  {
    name: message('travaux la même année', 'works in the same year'),
    of: ({ together }, nameOf) =>
      ofOptional(together, (all) =>
        joined(
          all.map((ids) => {
            const names = ids.map(nameOf);
            return message(names.map(({ fr }) => fr).join(' + '), names.map(({ en }) => en).join(' + '));
          }),
        ),
      ),
  },
  {
    name: message('ordre imposé', 'imposed order'),
    of: ({ after }, nameOf) =>
      ofOptional(after, (all) =>
        joined(
          all.map(({ building, waitsFor }) => {
            const [later, first] = [nameOf(building), nameOf(waitsFor)];
            return message(`${later.fr} pas avant ${first.fr}`, `${later.en} not before ${first.en}`);
          }),
        ),
      ),
  },
];

/** What was asked differently of two programmes, one sentence each. */
export const askedDifferently = (before: Asked, now: Asked, nameOf: NameOf): Message[] =>
  askedWords.flatMap(({ name, of }) => {
    const [old, given] = [of(before, nameOf), of(now, nameOf)];
    if (old.fr === given.fr) return [];
    return [
      message(
        `${name.fr} : ${given.fr}, au lieu de : ${old.fr}.`,
        `${name.en}: ${given.en}, instead of: ${old.en}.`,
      ),
    ];
  });
