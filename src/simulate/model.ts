import { type Baseline, prepare } from './baseline.ts';
import type { MeasureEffect } from './measure-effect.ts';
import type { ScenarioInput } from './types.ts';

/** A twin, its draws and a list of measures made ready for any coalition of them. */
export type Model = Baseline & {
  readonly input: ScenarioInput;
  readonly size: number;
  /** One a measure, in their order. */
  readonly effects: readonly MeasureEffect[];
};

/** The measures of a coalition: those whose bit is set in `mask`. */
export const chosenOf = ({ effects }: Model, mask: number): readonly MeasureEffect[] =>
  effects.filter((_, measure) => (mask & (1 << measure)) !== 0);

/**
 * Prepares the draws of a twin, the building before any measure in kWh a year and the effect of each measure
 * alone, so that the coalitions of the split (Shapley) share them.
 */
export const buildModel = (input: ScenarioInput): Model => {
  const { twin, posterior, measures, weather } = input;
  const { baseline, effectOf } = prepare(twin, posterior, weather);
  return { ...baseline, input, size: posterior.draws, effects: measures.map(effectOf) };
};
