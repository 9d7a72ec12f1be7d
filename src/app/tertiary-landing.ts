import { declarationDue, type ScenarioDraws, tertiaryLanding } from '#simulate/index.ts';
import { type Warning, warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { Twin } from '../core/twin.ts';
import type { ComparisonRequest, ScenarioView } from './comparison-views.ts';
import { siteDeclared } from './law-facts.ts';

type Landed = { readonly view: ScenarioView['tertiary']; readonly warnings: readonly Warning[] };

/**
 * Where a building lands against the tertiary decree once a scenario is done: its main meter and the other uses of the request against
 * the declared reference. Null without a declaration, and for housing, which is told. Fails with the codes of `tertiaryLanding`.
 */
export const tertiaryOf = (
  twin: Twin,
  declared: ComparisonRequest['tertiary'],
  draws: ScenarioDraws,
  nowMs: number,
  done = true,
): Result<Landed> => {
  if (declared === undefined) return ok({ view: null, warnings: [] });
  if (twin.use === 'housing')
    return ok({
      view: null,
      warnings: [
        warning(
          'tertiary-not-concerned',
          'Décret tertiaire : un logement n’y est pas soumis ; non évalué.',
          'Tertiary decree: housing is not subject to it; not evaluated.',
        ),
      ],
    });
  const { otherUsesKwhYear } = declared;
  const finalKwh = draws.beforeKwh.map(
    (kwh, i) => kwh + otherUsesKwhYear - (done ? draws.savingKwh[i] + draws.electricitySavedKwh[i] : 0),
  );
  const landed = tertiaryLanding(siteDeclared(declared), finalKwh);
  if (!landed.ok) return landed;
  return ok({
    view: {
      landings: [...landed.value],
      declarationDue: declarationDue(new Date(nowMs).getUTCFullYear() - 1),
      verified: false,
    },
    warnings: [
      warning(
        'unverified-figures',
        'Décret tertiaire : estimation sans ajustement climatique, valeurs absolues de source secondaire ; OPERAT seul fait foi.',
        'Tertiary decree: an estimate without climate adjustment, absolute values from a secondary source; OPERAT alone is official.',
      ),
    ],
  });
};
