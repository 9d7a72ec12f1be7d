import { type Language, type Message, message } from '../core/message.ts';
import { countEn, countFr, groupedEn, groupedFr, signedEn, signedFr } from '../core/wording.ts';
import { askedDifferently } from './programme-asked.ts';
import type { ProgrammeComparison, ProgrammeView } from './programme-views.ts';

type Chosen = ProgrammeView['chosen'][number];

const thousands = (euros: number): number => Math.round(euros / 1000);
const worksOf = ({ measures }: Chosen): Message =>
  message(measures.map(({ name }) => name.fr).join(' + '), measures.map(({ name }) => name.en).join(' + '));
const keyOf = ({ measures }: Chosen): string => measures.map(({ id }) => id).join('+');

const said = (why: Message | undefined, language: Language): string =>
  why === undefined ? '.' : `${language === 'fr' ? ' : ' : ': '}${why[language]}`;

const changeOf = (
  from: Chosen | undefined,
  to: Chosen | undefined,
  /** Why it is out of the second plan, or not sooner in it. */
  why: Message | undefined,
): ProgrammeComparison['changes'] => {
  const one = to ?? from;
  if (one === undefined) return [];
  const { buildingId, name } = one;
  const change = (kind: ProgrammeComparison['changes'][number]['kind'], fr: string, en: string) => ({
    buildingId,
    kind,
    message: message(`${name.fr} : ${fr}`, `${name.en}: ${en}`),
  });
  if (from === undefined) {
    const works = worksOf(one);
    const cost = thousands(one.costEur);
    return [
      change(
        'enters',
        `entre en ${one.year} (${works.fr}, ${groupedFr(cost)} k€)${said(one.reason, 'fr')}`,
        `enters in ${one.year} (${works.en}, ${groupedEn(cost)} k€)${said(one.reason, 'en')}`,
      ),
    ];
  }
  if (to === undefined)
    return [change('leaves', `n’est plus retenu${said(why, 'fr')}`, `is no longer chosen${said(why, 'en')}`)];
  const changes: ProgrammeComparison['changes'] = [];
  if (from.year !== to.year)
    changes.push(
      change(
        to.year < from.year ? 'sooner' : 'later',
        `passe de ${from.year} à ${to.year}${to.year > from.year ? said(why, 'fr') : '.'}`,
        `moves from ${from.year} to ${to.year}${to.year > from.year ? said(why, 'en') : '.'}`,
      ),
    );
  if (keyOf(from) !== keyOf(to)) {
    const [old, now] = [worksOf(from), worksOf(to)];
    const [was, is] = [thousands(from.costEur), thousands(to.costEur)];
    changes.push(
      change(
        'other-works',
        `change de travaux : ${now.fr} (${groupedFr(is)} k€) au lieu de ${old.fr} (${groupedFr(was)} k€).`,
        `changes its works: ${now.en} (${groupedEn(is)} k€) instead of ${old.en} (${groupedEn(was)} k€).`,
      ),
    );
  } else if (Math.abs(to.costEur - from.costEur) > SAME_COST * from.costEur)
    changes.push(
      change(
        'other-cost',
        `les mêmes travaux sont comptés ${groupedFr(to.costEur)} € au lieu de ${groupedFr(from.costEur)} €.`,
        `the same works are counted at ${groupedEn(to.costEur)} € instead of ${groupedEn(from.costEur)} €.`,
      ),
    );
  return changes;
};

/** What a programme was asked, with what its request left to be filled in: two programmes are compared on what held, not on what was typed. */
const askedOf = ({ request, byYear = [], firstYear, years }: ProgrammeView): ProgrammeView['request'] =>
  request === undefined || byYear.length === 0
    ? request
    : { ...request, firstYear, years, budgetsEur: byYear.map(({ budgetEur }) => budgetEur) };

/** What was asked differently, then the money and the saving of one plan against the other. */
const summaryOf = (from: ProgrammeView, to: ProgrammeView): Message[] => {
  const [before, now] = [askedOf(from), askedOf(to)];
  const names = new Map(
    [...from.chosen, ...from.notChosen, ...to.chosen, ...to.notChosen].map(({ buildingId, name }) => [
      buildingId,
      name,
    ]),
  );
  const asked =
    before === undefined || now === undefined
      ? []
      : askedDifferently(before, now, (id) => names.get(id) ?? message(id, id));
  const [cost, mwh] = [
    thousands(to.costEur - from.costEur),
    Math.round((to.savingKwh.value - from.savingKwh.value) / 1000),
  ];
  const [oldValue, newValue] = [from.netValueEur, to.netValueEur];
  const value =
    typeof oldValue === 'number' && typeof newValue === 'number' ? thousands(newValue - oldValue) : undefined;
  const signed = (value: number) => ({ fr: signedFr(value), en: signedEn(value) });
  const [moreCost, moreMwh, moreValue] = [cost, mwh, value ?? 0].map(signed);
  return [
    ...asked,
    message(
      `En tout : ${moreCost.fr} k€ de travaux, ${moreMwh.fr} MWh économisés par an${value === undefined ? '' : `, ${moreValue.fr} k€ de valeur nette`}, ${countFr(to.chosen.length, 'bâtiment', 'bâtiments')}${to.chosen.length === from.chosen.length ? ', autant qu’avant' : ` au lieu de ${from.chosen.length}`}.`,
      `In all: ${moreCost.en} k€ of works, ${moreMwh.en} MWh saved a year${value === undefined ? '' : `, ${moreValue.en} k€ of net value`}, ${countEn(to.chosen.length, 'building', 'buildings')}${to.chosen.length === from.chosen.length ? ', as many as before' : ` instead of ${from.chosen.length}`}.`,
    ),
  ];
};

/** What changes from one programme to another, building by building, in words. Pure. */
export const compareViews = (from: ProgrammeView, to: ProgrammeView): ProgrammeComparison => {
  const before = new Map(from.chosen.map((one) => [one.buildingId, one]));
  const after = new Map(to.chosen.map((one) => [one.buildingId, one]));
  const reasons = new Map(
    [...to.notChosen, ...to.late].map(({ buildingId, reason }) => [buildingId, reason]),
  );
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return {
    from: from.id,
    to: to.id,
    costEur: to.costEur - from.costEur,
    savingKwh: to.savingKwh.value - from.savingKwh.value,
    summary: summaryOf(from, to),
    changes: ids.flatMap((id) => changeOf(before.get(id), after.get(id), reasons.get(id))),
  };
}; /** A cost that moved less than this moved with the draws, not with anything that was decided. */
const SAME_COST = 0.01;
