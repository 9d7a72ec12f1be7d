import { type Message, message } from '../core/message.ts';
import type { Compiled } from './compile.ts';
import { keuros, namedOptions, type Told, yieldTold } from './explain-words.ts';
import { type Needs, needsOf, needTold, wouldTake } from './needs.ts';
import { blocksOf, costOf, justAhead, NAMED, packageOf, type PlanUse, yearOf } from './plan-use.ts';

/** Years told one by one: the nearest misses. */
const YEARS_TOLD = 2;
/** Money that a year leaves and nobody could build with, EUR. */
const NOTHING = 500;

type Sooner = { readonly option: number; readonly needs: Needs };

/** How far a year is from taking an option: years that lack money alone come first, the least money first. */
const distance = ({ needs }: Sooner): number =>
  needs.moneyEur + 1e9 * (Number(needs.sites > 0) + Number(needs.dwellings > 0)) + 1e12 * needs.others.length;

/** What a building that could move sooner on its own waits for: the works before it, or those that go with it. */
const tieTold = (use: PlanUse, option: number): Message => {
  const { compiled, taken } = use;
  const { years, units, packageBuilding, problem } = compiled;
  const building = packageBuilding[packageOf(compiled, option)];
  const unit = units.find(({ members }) => members.includes(building));
  const at = unit?.members.indexOf(building) ?? -1;
  const other = (position: number): { readonly name: Message; readonly option: number } | undefined => {
    const member = unit?.members[position];
    const own = member === undefined ? undefined : taken.get(member);
    return member === undefined || own === undefined
      ? undefined
      : { name: problem.candidates[member].name, option: own };
  };
  const before = (unit?.notBefore ?? [])
    .flatMap(([one, waited]) => (one === at ? (other(waited) ?? []) : []))
    .toSorted((a, b) => (b.option % years) - (a.option % years))[0];
  if (before !== undefined && before.option % years === option % years) {
    const year = yearOf(compiled, before.option);
    return message(
      `il attend les travaux de ${before.name.fr}, prévus en ${year}.`,
      `it waits for the works of ${before.name.en}, planned for ${year}.`,
    );
  }
  const partners = (unit?.sameYear ?? []).flatMap(([one, two]) =>
    one === at ? (other(two) ?? []) : two === at ? (other(one) ?? []) : [],
  );
  for (const partner of partners) {
    // The year just before is told: the partner does not fit there either.
    const sooner = partner.option - 1;
    const needs = needsOf(use, sooner, blocksOf(use, sooner));
    const why = needTold(use, sooner, needs);
    if (why.fr !== '')
      return message(
        `ses travaux vont avec ceux de ${partner.name.fr}, pour lesquels ${why.fr}.`,
        `its works go with those of ${partner.name.en}, for which ${why.en}.`,
      );
  }
  const named = partners[0]?.name;
  return named === undefined
    ? message('il attend les travaux auxquels il est lié.', 'it waits for the works that it is tied to.')
    : message(
        `ses travaux vont avec ceux de ${named.fr}, qui ne tiennent pas tous plus tôt.`,
        `its works go with those of ${named.en}, which do not all fit sooner.`,
      );
};

/** The years before that cannot take the package whatever the plan: it is dearer than all their money, or needs more than they allow. */
const neverSooner = ({ problem, years }: Compiled, cost: Message, t: number): Told => {
  const most = keuros(Math.max(...problem.budgetsEur.slice(0, t)));
  const [first, last] = [problem.firstYear, problem.firstYear + (t % years) - 1];
  return {
    entryCostEur: Math.max(...problem.budgetsEur.slice(0, t)),
    reason:
      first === last
        ? message(
            `son lot (${cost.fr}) dépasse tout l’argent de ${first} (${most.fr}).`,
            `its package (${cost.en}) is more than all the money of ${first} (${most.en}).`,
          )
        : message(
            `son lot (${cost.fr}) dépasse ce qu’une année permet de ${first} à ${last} (${most.fr} au plus).`,
            `its package (${cost.en}) is more than a year allows from ${first} to ${last} (${most.en} at most).`,
          ),
  };
};

/** Who has the place in a year: works that bring more a euro where there are, else its largest ones. */
const occupantsTold = (use: PlanUse, option: number, { option: sooner, needs }: Sooner): Message => {
  const { compiled } = use;
  const t = sooner % compiled.years;
  const year = yearOf(compiled, sooner);
  const brings = yieldTold(compiled, option);
  const packaged = packageOf(compiled, option);
  // Works that alone would free what is short say more than small ones that happen to be just ahead.
  const freeing = justAhead(use, packaged, [t], needs.moneyEur);
  const ahead = freeing.length > 0 ? freeing : justAhead(use, packaged, [t]);
  const largest = use.byYear[t].toSorted((a, b) => costOf(compiled, b) - costOf(compiled, a)).slice(0, NAMED);
  if (ahead.length === 0 && largest.length === 0) return message('', '');
  const named = namedOptions(compiled, ahead.length > 0 ? ahead : largest);
  return ahead.length > 0
    ? message(
        ` En ${year}, ${named.fr} ${ahead.length > 1 ? 'passent' : 'passe'} avant ses ${brings.fr}.`,
        ` In ${year}, ${named.en} ${ahead.length > 1 ? 'come' : 'comes'} before its ${brings.en}.`,
      )
    : message(
        ` En ${year}, la place est à ${named.fr} : décaler ces travaux entiers coûterait plus que l’attendre (${brings.fr}).`,
        ` In ${year}, the place is that of ${named.en}: to put those whole works off would cost more than to wait for it (${brings.en}).`,
      );
};

/** Why an option taken after the first year is not sooner: what each year lacks, who has the place, and what would let it in. */
export const whyLate = (use: PlanUse, option: number): Told => {
  const { compiled } = use;
  const { years, allowed, worth } = compiled;
  const t = option % years;
  const cost = keuros(costOf(compiled, option));
  const open = Array.from({ length: t }, (_, s) => option - t + s).filter((one) => allowed[one] === 1);
  if (open.length === 0) return neverSooner(compiled, cost, t);
  if (worth[option - t] <= worth[option])
    return {
      entryCostEur: null,
      reason: message(
        'rien ne presse : plus tôt, il ne rapporterait pas davantage pour l’objectif choisi.',
        'nothing presses: sooner, it would bring no more for the chosen objective.',
      ),
    };
  const barred = open.flatMap((one): Sooner[] => {
    const blocks = blocksOf(use, one);
    return blocks.length === 0 ? [] : [{ option: one, needs: needsOf(use, one, blocks) }];
  });
  if (barred.length < open.length) return { entryCostEur: null, reason: tieTold(use, option) };
  const nearest = barred.toSorted((a, b) => distance(a) - distance(b));
  const [best] = nearest;
  const told = nearest
    .slice(0, YEARS_TOLD)
    .map((one) => needTold(use, one.option, one.needs))
    .concat(
      nearest.length > YEARS_TOLD ? [message('davantage les autres années', 'more in the other years')] : [],
    );
  const year = yearOf(compiled, best.option);
  const more = wouldTake(best.needs);
  const moneyOnly = best.needs.sites === 0 && best.needs.dwellings === 0 && best.needs.others.length === 0;
  const fits = moneyOnly && best.needs.leftEur >= NOTHING ? best.needs.leftEur : null;
  const at = fits === null ? undefined : keuros(fits);
  const building = compiled.packageBuilding[packageOf(compiled, option)];
  const alone = compiled.units.every(({ members }) => members.length === 1 || !members.includes(building));
  // Works that go with others need a place for all of them: what this building lacks alone would not let it in.
  const enter =
    more === undefined || !alone
      ? message('', '')
      : message(
          ` Avec ${more.fr} en ${year}${at === undefined ? '' : `, ou à un coût de ${at.fr}`}, il y tiendrait.`,
          ` With ${more.en} in ${year}${at === undefined ? '' : `, or at a cost of ${at.en}`}, it would fit there.`,
        );
  const place = occupantsTold(use, option, best);
  return {
    entryCostEur: fits,
    reason: message(
      `son lot coûte ${cost.fr} ; ${told.map(({ fr }) => fr).join(', ')}.${place.fr}${enter.fr}`,
      `its package costs ${cost.en}; ${told.map(({ en }) => en).join(', ')}.${place.en}${enter.en}`,
    ),
  };
};
