import { type Message, message, type Warning, warning } from '#core/message.ts';
import { amountOf } from './costs.ts';
import { logNormalDraws, zeros } from './draws.ts';
import type { After } from './run.ts';
import type { Measure } from './schema.ts';
import type { Subsidy } from './subsidy.ts';
import type { ScenarioInput } from './types.ts';

/** Whether a scheme pays for a measure on this building, at the day of engagement. */
const pays = (subsidy: Subsidy, measure: Measure, input: ScenarioInput): boolean => {
  const { sheet, measures, uses, carriers, from, until } = subsidy;
  const { twin, site } = input;
  const day = site?.day ?? '';
  return (
    (measures?.includes(measure.id) ?? sheet === measure.cee?.sheet) &&
    (uses === undefined || uses.includes(twin.use)) &&
    (carriers === undefined || carriers.includes(twin.system.carrier)) &&
    (from === undefined || day >= from) &&
    (until === undefined || day <= until)
  );
};

/** The sheet that a measure's aid would go by on this building, `unverified` where it is: dwellings and tertiary buildings have their own. */
const sheetOf = (cee: NonNullable<Measure['cee']>, { twin }: ScenarioInput): Message => {
  const { tertiary } = cee;
  if (twin.use === 'housing' || tertiary === undefined) return message(cee.sheet, cee.sheet);
  return tertiary.verified
    ? message(tertiary.sheet, tertiary.sheet)
    : message(`${tertiary.sheet}, fiche non vérifiée`, `${tertiary.sheet}, sheet not verified`);
};

type Aids = {
  /** EUR, one value a draw, never above the cost; undefined where no scheme is known to pay. */
  readonly eur: Float64Array | undefined;
  /** The same by measure, in their order. */
  readonly byMeasure: readonly Float64Array[];
  readonly used: readonly Subsidy[];
  readonly warnings: readonly Warning[];
};

/**
 * What the schemes given pay for a list of measures whose costs are known (EUR without tax, one array a measure). A
 * certificate needs the climate zone: without it none is counted, and that is said. A measure whose sheet has no amount for this
 * building is named.
 */
export const aidsOf = (input: ScenarioInput, costs: readonly Float64Array[], after: After): Aids => {
  const { subsidies = [], site, economics } = input;
  const size = input.posterior.draws;
  const byMeasure: Float64Array[] = [];
  const used = new Set<Subsidy>();
  const warnings: Warning[] = [];
  const none = zeros(size);
  const eur = subsidies.length === 0 ? none : new Float64Array(size);
  const price = logNormalDraws('cumac', economics.cumacEurPerMwh, size);
  for (const [index, measure] of input.measures.entries()) {
    const paying = subsidies.filter(
      (one) => pays(one, measure, input) && (one.amount.kind !== 'cumac' || site?.ceeZone !== undefined),
    );
    const known = paying.length > 0;
    const own = known ? new Float64Array(size) : none;
    for (const subsidy of paying) {
      const { amount } = subsidy;
      used.add(subsidy);
      if (amount.kind === 'share-of-cost') {
        const { mostEur = Infinity, share } = amount;
        for (let i = 0; i < size; i += 1) own[i] += Math.min(mostEur, share * costs[index][i]);
        continue;
      }
      const many = amountOf(input, measure, amount.unit, after);
      const manyIn = (draw: number): number => (typeof many === 'number' ? many : many[draw]);
      if (amount.kind === 'per-unit')
        for (let i = 0; i < size; i += 1) own[i] += amount.eurPerUnit * manyIn(i);
      else {
        const kwh = amount.kwhPerUnit[site?.ceeZone ?? 'H3'];
        for (let i = 0; i < size; i += 1) own[i] += (kwh * manyIn(i) * price[i]) / 1000;
      }
    }
    if (!known && measure.cee !== undefined) {
      const sheet = sheetOf(measure.cee, input);
      warnings.push(
        warning(
          'aid-not-counted',
          `Le montant CEE de « ${measure.name.fr} » (${sheet.fr}) n’est pas connu pour ce bâtiment : aucune aide n’est comptée.`,
          `The CEE amount of “${measure.name.en}” (${sheet.en}) is not known for this building: no aid is counted.`,
          { ref: measure.id },
        ),
      );
    }
    byMeasure.push(own);
    if (!known) continue;
    for (let i = 0; i < size; i += 1) {
      own[i] = Math.min(own[i], costs[index][i]);
      eur[i] += own[i];
    }
  }
  for (const subsidy of used)
    if (!subsidy.verified)
      warnings.push(
        warning(
          'unverified-figures',
          `« ${subsidy.name.fr} » : montant non vérifié.`,
          `“${subsidy.name.en}”: amount not verified.`,
          { ref: subsidy.id },
        ),
      );
  return { eur: used.size === 0 ? undefined : eur, byMeasure, used: [...used], warnings };
};
