import { formatDay, formatRange } from '#core/calendar.ts';
import { cpuEnergyJ, type LedgerEntry } from '#core/ledger.ts';
import type { Language, Message } from '#core/message.ts';
import type { ModelJson, SavingsJson } from './schema.ts';
import type { FitOutcome, HourlyFitOutcome, SavingsOutcome } from './types.ts';

const perhaps = (value: number): number | null => (Number.isFinite(value) ? value : null);

type Finding = { readonly code: string; readonly message: Message; readonly ref?: string };

const findingsIn = (language: Language, findings: readonly Finding[]): ModelJson['warnings'] =>
  findings.map(({ code, message, ref }) => ({
    code,
    message: message[language],
    ...(ref === undefined ? {} : { ref }),
  }));

const modelPart = (
  fit: FitOutcome | HourlyFitOutcome,
  language: Language,
  resolution: ModelJson['resolution'] = 'daily',
): Omit<ModelJson, 'rows' | 'ledger'> => {
  const { n, p, cvRmse, nmbe, r2 } = fit.model.metrics;
  return {
    schema: 'stacoptim.model/1',
    kind: fit.model.kind,
    resolution,
    baseline: formatRange(fit.model.baseline),
    parameters: { ...fit.parameters },
    metrics: { n, p, cvRmse, nmbe, r2, autocorrelation: fit.model.noise.autocorrelation },
    candidates: fit.candidates.map(({ kind, score, cpuMs, chosen }) => ({
      kind,
      score: perhaps(score),
      energyJ: perhaps(cpuEnergyJ(cpuMs).value),
      chosen,
    })),
    warnings: findingsIn(language, fit.warnings),
    disqualified: findingsIn(language, fit.disqualified),
    outOfSample:
      fit.outOfSample === undefined
        ? null
        : {
            n: fit.outOfSample.n,
            cvRmse: perhaps(fit.outOfSample.cvRmse),
            nmbe: perhaps(fit.outOfSample.nmbe),
          },
    predicted: fit.predicted,
  };
};

/** The printed fit (docs/schemas/model-1.schema.json), its sentences in one language. */
export const fitJson = (
  fit: FitOutcome | HourlyFitOutcome,
  language: Language = 'fr',
  ledger?: LedgerEntry,
  resolution: ModelJson['resolution'] = 'daily',
): ModelJson => ({
  ...modelPart(fit, language, resolution),
  rows: fit.rows.map(({ day, actual, predicted, low, high }) => ({
    date: formatDay(day),
    actual: perhaps(actual),
    predicted,
    low,
    high,
  })),
  ...(ledger === undefined ? {} : { ledger }),
});

/** The printed savings (docs/schemas/savings-1.schema.json), its sentences in one language. */
export const savingsJson = (
  outcome: SavingsOutcome,
  language: Language = 'fr',
  ledger?: LedgerEntry,
): SavingsJson => ({
  schema: 'stacoptim.savings/1',
  status: outcome.status,
  savings: outcome.savings,
  savingsShare: outcome.savingsShare,
  counterfactual: outcome.counterfactual,
  actualKwh: outcome.actualKwh,
  validDays: outcome.validDays,
  ashrae14: {
    fsuPercent: perhaps(outcome.ashrae14.fsuPercent),
    confidence: outcome.ashrae14.confidence,
  },
  nonRoutine: outcome.nonRoutine.map(({ code, from, to, message }) => ({
    code,
    from: formatDay(from),
    to: formatDay(to),
    message: message[language],
  })),
  warnings: findingsIn(language, outcome.warnings),
  disqualified: findingsIn(language, outcome.disqualified),
  model: modelPart(outcome.fit, language),
  ...(ledger === undefined ? {} : { ledger }),
});
