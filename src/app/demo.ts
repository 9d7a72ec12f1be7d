import { fileURLToPath } from 'node:url';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { compareForBuilding, measuresForBuilding } from './comparison.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { type Correction, correctStock } from './correct-stock.ts';
import { loadNewReadings, loadStock } from './load-stock.ts';
import { planProgramme } from './programme.ts';
import type { Progress } from './progress.ts';
import { type Retrained, retrain } from './train.ts';
import { viewBuilding } from './view-building.ts';
import { viewLedger } from './view-ledger.ts';
import { refreshStockFigures } from './stock-figures.ts';
import { viewStock } from './view-stock.ts';
import type { BuildingView, LedgerView, StockView } from './views.ts';
import type { Comparison } from './comparison-views.ts';
import type { ProgrammeView } from './programme-views.ts';

const sampleFolder = fileURLToPath(new URL('../../buildings', import.meta.url));

/** Readings up to here are loaded first; the rest arrives as new readings would. */
const FIRST_READINGS_UNTIL_MS = Date.UTC(2024, 8, 30, 22);
const BUDGET_EUR = 1_500_000;
/** The building whose page is told in full. */
const SHOWN = 'ecole-1958';
const STEPS = 7;

export type DemoOutcome = {
  readonly stock: StockView;
  readonly shown: BuildingView;
  readonly comparison: Comparison;
  readonly programme: ProgrammeView;
  readonly correction: Correction;
  readonly trained: readonly Retrained[];
  readonly retrained: readonly Retrained[];
  readonly ledger: LedgerView;
};

const clear = async ({ store }: AppContext): Promise<Result<void>> => {
  const buildings = await allBuildings(store);
  const own = buildings.find(({ simulated }) => !simulated);
  if (own !== undefined)
    return failure(
      'demo-over-real-data',
      `La base contient un vrai bâtiment (« ${own.name.fr} ») : la démonstration n’y touche pas. Donnez-lui un autre dossier avec --data.`,
      `The database holds a real building (“${own.name.en}”): the demo leaves it alone. Give it another folder with --data.`,
    );
  for (const { id } of buildings)
    await store.buildings.erase(id, { by: 'stacoptim demo', reason: 'the sample stock is loaded anew' });
  return ok(undefined);
};

/**
 * Goes round the loop on the sample stock: create, fit, measure and learn, compare, plan, then new readings and
 * retraining. Fails as the first step that does; what was done before it stays.
 */
export const runDemo = async (context: AppContext, progress: Progress): Promise<Result<DemoOutcome>> => {
  const step = (done: number, label: Message): void => progress(done, STEPS, label);
  const cleared = await clear(context);
  if (!cleared.ok) return cleared;
  step(0, message('créer : maquettes, relevés, météo', 'create: models, readings, weather'));
  const loaded = await loadStock(context, sampleFolder, {
    untilMs: FIRST_READINGS_UNTIL_MS,
    progress: (_done, _total, label) => step(0, label),
  });
  if (!loaded.ok) return loaded;
  const [refused] = loaded.value.refused;
  if (refused !== undefined) return failure(refused.code, refused.message.fr, refused.message.en);
  step(1, message('apprendre : modèles et références figées', 'learn: models and frozen baselines'));
  const trained = await retrain(context);
  step(
    2,
    message(
      'mesurer et corriger : économies des travaux, taux de réalisation',
      'measure and correct: savings of the works, realisation rates',
    ),
  );
  const corrected = await correctStock(context);
  if (!corrected.ok) return corrected;
  step(3, message('simuler : trois options comparées', 'simulate: three options compared'));
  const measures = await measuresForBuilding(context, SHOWN);
  if (!measures.ok) return measures;
  const comparison = await compareForBuilding(context, SHOWN, {
    options: measures.value.suggested.map((one) => ({ measures: one })),
  });
  if (!comparison.ok) return comparison;
  step(4, message('cibler : le programme sous budget', 'target: the programme under a budget'));
  const programme = await planProgramme(context, { budgetEur: BUDGET_EUR });
  if (!programme.ok) return programme;
  step(
    5,
    message(
      'continuer : de nouveaux relevés arrivent, les modèles réapprennent',
      'go on: new readings arrive, models retrain',
    ),
  );
  const arrived = await loadNewReadings(context, sampleFolder, loaded.value.stock);
  if (!arrived.ok) return arrived;
  const retrained = await retrain(context);
  // Late readings complete the year that follows the works: the savings are measured again, and the rates with them.
  const completed = await correctStock(context);
  if (!completed.ok) return completed;
  step(6, message('compter l’énergie prise', 'count the energy taken'));
  const stock = await viewStock(context);
  await refreshStockFigures(context, Number.POSITIVE_INFINITY);
  const shown = await viewBuilding(context, SHOWN);
  const ledger = await viewLedger(context);
  if (!stock.ok) return stock;
  if (!shown.ok) return shown;
  if (!ledger.ok) return ledger;
  step(STEPS, message('fini', 'done'));
  return ok({
    stock: stock.value,
    shown: shown.value,
    comparison: comparison.value,
    programme: programme.value,
    correction: completed.value,
    trained,
    retrained,
    ledger: ledger.value,
  });
};
