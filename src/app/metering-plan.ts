import {
  checkProblem,
  fewestInstruments,
  type Instrument,
  type InstrumentSet,
  instrumentSets,
  type MeteringChoice,
  optimiseProgramme,
  type ProgrammeProblem,
  shippedInstruments,
} from '#target/index.ts';
import { type Message, message } from '../core/message.ts';
import { Z90 } from '../core/quantity.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import { buildingState, measuresNamed } from './building-state.ts';
import { catalogueOf } from './catalogue.ts';
import { drawsOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import type { MeteringPlanView, MeteringRequest } from './metering-views.ts';
import { programmeOf } from './programme-record.ts';
import type { Progress } from './progress.ts';
import { ratesInForce } from './rates.ts';
import { plain } from './report.ts';
import { withSolverThread } from './solver-thread.ts';

/** A building of the programme with the sets of instruments worth offering on it. */
export type Offered = {
  readonly buildingId: string;
  readonly name: Message;
  readonly variance: number;
  readonly sets: readonly InstrumentSet[];
};

/** The shipped instruments at a person's own costs. Fails with `unknown-instrument`. */
export const instrumentsFor = (costsEur: MeteringRequest['costsEur'] = {}): Result<readonly Instrument[]> => {
  const unknown = Object.keys(costsEur).find((id) => shippedInstruments.every((one) => one.id !== id));
  if (unknown !== undefined)
    return failure(
      'unknown-instrument',
      `L’instrument « ${unknown} » n’est pas connu. Ceux qui le sont : ${shippedInstruments.map(({ id }) => id).join(', ')}.`,
      `Instrument “${unknown}” is not known. Those that are: ${shippedInstruments.map(({ id }) => id).join(', ')}.`,
      { field: 'costsEur' },
    );
  return ok(
    shippedInstruments.flatMap((one) => {
      const own = costsEur[one.id];
      if (own === null) return [];
      return [own === undefined ? one : { ...one, costEur: own }];
    }),
  );
};

/** The choice of sets as a programme of one year: one set a building, the most variance for the money. */
const problemOf = (offered: readonly Offered[], budgetEur: number, unit: number): ProgrammeProblem => ({
  firstYear: 1,
  budgetsEur: [budgetEur],
  candidates: offered.map(({ buildingId, name, sets }) => ({
    buildingId,
    name,
    baselineKwh: 0,
    packages: sets.map(({ costEur, varianceOff }, index) => ({
      id: String(index),
      measures: [],
      costEur,
      savingKwh: varianceOff / unit,
      savingDraws: new Float64Array(0),
    })),
  })),
});

const widthOf = (variance: number): number => 2 * Z90 * Math.sqrt(Math.max(0, variance));

/** Instruments in a sentence. */
export const listed = (instruments: readonly Instrument[]): Message => {
  const said = (language: 'fr' | 'en'): string =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(
      instruments.map(({ name }) => name[language]),
    );
  return message(said('fr'), said('en'));
};

const mwh = (kwh: number, language: 'fr' | 'en'): string => `${plain(kwh / 1000, language, 2)} MWh`;

const mostOff = ({ sets }: Offered): InstrumentSet | undefined =>
  sets.toSorted((one, other) => other.varianceOff - one.varianceOff)[0];

const whyNot = (one: Offered, budgetEur: number, variance: number): Message => {
  const best = mostOff(one);
  if (one.variance === 0 || best === undefined)
    return message(
      'aucun instrument ne resserrerait son économie : ce qui en reste inconnu est la réalisation des travaux.',
      'no instrument would narrow its saving: what is left unknown is how works deliver.',
    );
  const cheapest = Math.min(...one.sets.map(({ costEur }) => costEur));
  const what = listed(best.instruments);
  const share = (100 * best.varianceOff) / variance;
  return cheapest > budgetEur
    ? message(
        `le moins cher de ses instruments utiles (${plain(cheapest, 'fr')} €) dépasse le budget.`,
        `the cheapest of its useful instruments (${plain(cheapest, 'en')} €) is more than the budget.`,
      )
    : message(
        `au mieux (${what.fr}, ${plain(best.costEur, 'fr')} €), ${plain(share, 'fr', 2)} % de l’incertitude du programme en moins : trop peu pour son prix.`,
        `at best (${what.en}, ${plain(best.costEur, 'en')} €), ${plain(share, 'en', 2)} % of the programme’s uncertainty less: too little for its price.`,
      );
};

/** A metering plan as people read it. Pure. */
const meteringView = (
  programme: string,
  budgetEur: number,
  offered: readonly Offered[],
  chosen: readonly MeteringChoice[],
): MeteringPlanView => {
  const variance = offered.reduce((sum, one) => sum + one.variance, 0);
  const byId = new Map(offered.map((one) => [one.buildingId, one]));
  const buildings = chosen
    .flatMap(({ buildingId, set }): MeteringPlanView['buildings'] => {
      const one = byId.get(buildingId);
      if (one === undefined) return [];
      const [widthNowKwh, widthAfterKwh] = [widthOf(one.variance), widthOf(one.variance - set.varianceOff)];
      const what = listed(set.instruments);
      const share = variance > 0 ? set.varianceOff / variance : 0;
      return [
        {
          buildingId,
          name: one.name,
          instruments: set.instruments.map(({ id, name, costEur }) => ({ id, name, costEur })),
          costEur: set.costEur,
          widthNowKwh,
          widthAfterKwh,
          shareOfVariance: share,
          sentence: message(
            `${what.fr} (${plain(set.costEur, 'fr')} €) : l’intervalle de son économie passerait de ${mwh(widthNowKwh, 'fr')} à ${mwh(widthAfterKwh, 'fr')} de large, ${plain(100 * share, 'fr', 2)} % de l’incertitude du programme en moins.`,
            `${what.en} (${plain(set.costEur, 'en')} €): the interval of its saving would go from ${mwh(widthNowKwh, 'en')} to ${mwh(widthAfterKwh, 'en')} wide, ${plain(100 * share, 'en', 2)} % of the programme’s uncertainty less.`,
          ),
        },
      ];
    })
    .toSorted((one, other) => other.shareOfVariance - one.shareOfVariance);
  const off = chosen.reduce((sum, { set }) => sum + set.varianceOff, 0);
  const costEur = chosen.reduce((sum, { set }) => sum + set.costEur, 0);
  const instruments = chosen.reduce((sum, { set }) => sum + set.instruments.length, 0);
  const [widthNowKwh, widthAfterKwh] = [widthOf(variance), widthOf(variance - off)];
  const everything = widthOf(
    variance - offered.reduce((sum, one) => sum + (mostOff(one)?.varianceOff ?? 0), 0),
  );
  const metered = new Set(buildings.map(({ buildingId }) => buildingId));
  return {
    programme,
    budgetEur,
    costEur,
    instruments,
    widthNowKwh,
    widthAfterKwh,
    buildings,
    notMetered: offered
      .filter(({ buildingId }) => !metered.has(buildingId))
      .map((one) => ({
        buildingId: one.buildingId,
        name: one.name,
        reason: whyNot(one, budgetEur, variance),
      })),
    sentence: message(
      `${countFr(instruments, 'instrument', 'instruments')} sur ${countFr(buildings.length, 'bâtiment', 'bâtiments')}, pour ${plain(costEur, 'fr', 4)} € : l’intervalle à 90 % de l’économie du programme passerait de ${mwh(widthNowKwh, 'fr')} à ${mwh(widthAfterKwh, 'fr')} de large. Tous les instruments réunis laisseraient ${mwh(everything, 'fr')} : le reste est la part que les travaux eux-mêmes réaliseront.`,
      `${countEn(instruments, 'instrument', 'instruments')} on ${countEn(buildings.length, 'building', 'buildings')}, for ${plain(costEur, 'en', 4)} €: the 90 % interval of the programme’s saving would go from ${mwh(widthNowKwh, 'en')} to ${mwh(widthAfterKwh, 'en')} wide. All instruments together would leave ${mwh(everything, 'en')}: the rest is how much the works themselves deliver.`,
    ),
    defaults: [
      message(
        'Coûts des instruments : ordres de grandeur posés et relevés un an (models/metering.json 1), sauf les vôtres.',
        'Costs of the instruments: orders of magnitude, installed and read for a year (models/metering.json 1), except your own.',
      ),
      message(
        'On garde le moins d’instruments qui apportent 95 % de ce que le budget permettrait.',
        'The fewest instruments are kept that bring 95 % of what the budget would allow.',
      ),
    ],
  };
};

/**
 * Which buildings of a stored programme to measure, and how, so that its saving is known best for the money: value of information on the
 * calibrated twins, as they stand today. Fails as `programmeOf` does, and with `unknown-instrument`.
 */
export const meteringPlan = async (
  context: AppContext,
  programmeId: number,
  request: MeteringRequest,
  onProgress?: Progress,
): Promise<Result<MeteringPlanView>> => {
  const instruments = instrumentsFor(request.costsEur);
  if (!instruments.ok) return instruments;
  const programme = await programmeOf(context, programmeId);
  if (!programme.ok) return programme;
  const end = context.startLedger('target');
  const rates = await ratesInForce(context);
  const catalogue = catalogueOf(context);
  const offered: Offered[] = [];
  const { chosen } = programme.value;
  for (const [index, { buildingId, name, measures }] of chosen.entries()) {
    onProgress?.(index, chosen.length, message('valeur des mesures', 'value of measurements'));
    const state = await buildingState(context, buildingId);
    const scenario = state.ok
      ? drawsOn(
          state.value.now,
          measuresNamed(
            measures.map(({ id }) => id),
            catalogue.measures,
          ),
          rates(state.value.now.twin),
          catalogue,
        )
      : state;
    if (!state.ok || !scenario.ok) continue;
    const { posterior } = state.value.now;
    const savingKwh = scenario.value.savingKwh;
    offered.push({
      buildingId,
      name,
      ...instrumentSets({ buildingId, posterior, savingKwh }, instruments.value),
    });
  }
  const variance = offered.reduce((sum, one) => sum + one.variance, 0);
  const sets = new Map(offered.map((one) => [one.buildingId, one.sets]));
  const best: MeteringChoice[] = [];
  const problem = checkProblem(problemOf(offered, request.budgetEur, Math.max(1, variance / 1e6)));
  if (problem.ok) {
    const plan = await withSolverThread(undefined, (solver) =>
      optimiseProgramme(problem.value, { solver, nowMs: () => performance.now() }),
    );
    if (!plan.ok) return plan;
    for (const { buildingId, packageId } of plan.value.choices) {
      const set = sets.get(buildingId)?.[Number(packageId)];
      if (set !== undefined) best.push({ buildingId, set });
    }
  }
  await context.store.ledger.add(end());
  return ok(meteringView(programme.value.id, request.budgetEur, offered, fewestInstruments(best, sets)));
};
