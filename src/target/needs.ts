import { type Message, message } from '../core/message.ts';
import { countEn, countFr } from '../core/wording.ts';
import { attributes, coefficient } from './compile.ts';
import { keuros } from './explain-words.ts';
import { type Block, type PlanUse, yearOf } from './plan-use.ts';

const COST = attributes.indexOf('costEur');
const DWELLINGS = attributes.indexOf('dwellings');
const SITES = attributes.indexOf('sites');

/** What an option lacks to fit its year in a plan that is otherwise left as it is. */
export type Needs = {
  /** EUR more in its year; 0 where money is not short. */
  readonly moneyEur: number;
  /** EUR that its year leaves it. */
  readonly leftEur: number;
  /** Dwellings at work more in its year. */
  readonly dwellings: number;
  /** Sites more in its year. */
  readonly sites: number;
  /** Rows of the whole programme that it would break, by name. */
  readonly others: readonly Message[];
};

/** Reads what blocks an option as what is missing. */
export const needsOf = ({ compiled }: PlanUse, option: number, blocks: readonly Block[]): Needs => {
  let [moneyEur, leftEur, dwellings, sites] = [0, Number.POSITIVE_INFINITY, 0, 0];
  const others: Message[] = [];
  for (const { row, left } of blocks) {
    const one = compiled.rows[row];
    const missing = coefficient(compiled, one, option) - left;
    if (one.attribute === COST && one.id.startsWith('budget-')) {
      moneyEur = Math.max(moneyEur, missing);
      leftEur = Math.min(leftEur, Math.max(0, left));
    } else if (one.attribute === DWELLINGS) dwellings = Math.max(dwellings, Math.ceil(missing));
    else if (one.attribute === SITES) sites = Math.max(sites, Math.ceil(missing));
    else others.push(one.name);
  }
  return { moneyEur, leftEur, dwellings, sites, others };
};

/** What is short, in a clause that names the year: money, sites, dwellings, or a constraint of the whole. */
export const needTold = ({ compiled }: PlanUse, option: number, needs: Needs): Message => {
  const year = yearOf(compiled, option);
  const { sitesAYear = 0, dwellingsAYear = 0 } = compiled.problem;
  const parts: Message[] = [];
  if (needs.moneyEur > 0) {
    const money = keuros(needs.moneyEur);
    parts.push(message(`il manque ${money.fr} en ${year}`, `${money.en} is short in ${year}`));
  }
  if (needs.sites > 0)
    parts.push(
      message(
        `${sitesAYear === 1 ? 'le seul chantier' : `les ${sitesAYear} chantiers`} de ${year} ${sitesAYear === 1 ? 'est pris' : 'sont pris'}`,
        sitesAYear === 1
          ? `the only site of ${year} is taken`
          : `the ${sitesAYear} sites of ${year} are taken`,
      ),
    );
  if (needs.dwellings > 0)
    parts.push(
      message(
        `${year} n’a pas de place pour ${countFr(needs.dwellings, 'logement', 'logements')} de plus en travaux (${dwellingsAYear} au plus)`,
        `${year} has no room for ${countEn(needs.dwellings, 'more dwelling', 'more dwellings')} at work (${dwellingsAYear} at most)`,
      ),
    );
  for (const { fr, en } of needs.others)
    parts.push(message(`la contrainte « ${fr} » est atteinte`, `the constraint “${en}” is reached`));
  return message(parts.map(({ fr }) => fr).join(' et '), parts.map(({ en }) => en).join(' and '));
};

/** What would let the option in: `91,6 k€ et un chantier de plus`; undefined where a constraint of the whole holds it. */
export const wouldTake = ({ moneyEur, dwellings, sites, others }: Needs): Message | undefined => {
  if (others.length > 0) return undefined;
  const money = keuros(moneyEur);
  const parts: Message[] = [
    ...(moneyEur > 0 ? [money] : []),
    ...(sites > 0 ? [message(countFr(sites, 'chantier', 'chantiers'), countEn(sites, 'site', 'sites'))] : []),
    ...(dwellings > 0
      ? [
          message(
            `${countFr(dwellings, 'logement', 'logements')} en travaux`,
            `${countEn(dwellings, 'dwelling', 'dwellings')} at work`,
          ),
        ]
      : []),
  ];
  return parts.length === 0
    ? undefined
    : message(
        `${parts.map(({ fr }) => fr).join(' et ')} de plus`,
        `${parts.map(({ en }) => en).join(' and ')} more`,
      );
};
