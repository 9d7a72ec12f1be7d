import { type Message, message } from '#core/message.ts';
import type { ThermalElement } from '../types.ts';
import type { Seen } from './exposure-interior.ts';
import type { BuildingPlan } from './plan.ts';
import { decimalFr } from '../../core/wording.ts';

const OPEN_SHARE = 0.03;
const OPEN_M2 = 2;
const UNBALANCED_SHARE = 0.12;

const nameFr = { wall: 'mur', roof: 'toiture ou plafond', floor: 'plancher' } as const;
const nameEn = { wall: 'wall', roof: 'roof or ceiling', floor: 'floor' } as const;

/** How far the areas of the facades, as vectors, are from adding up to nothing: 0 for a closed ring of walls. */
const imbalance = (elements: readonly ThermalElement[]): number => {
  let [x, y, total] = [0, 0, 0];
  for (const one of elements) {
    if (one.exposure === 'internal' || (one.kind !== 'wall' && one.kind !== 'curtain-wall')) continue;
    const angle = (one.azimuthDeg * Math.PI) / 180;
    x += one.areaGrossM2 * Math.sin(angle);
    y += one.areaGrossM2 * Math.cos(angle);
    total += one.areaGrossM2;
  }
  return total === 0 ? 0 : Math.hypot(x, y) / total;
};

const isOuterWall = (one: ThermalElement): boolean => one.kind === 'wall' && one.exposure !== 'internal';

const outerWallsM2 = (elements: readonly ThermalElement[]): number =>
  elements.reduce((sum, one) => sum + (isOuterWall(one) ? one.areaGrossM2 : 0), 0);

/** What is cut out of the outer walls less what windows and doors fill of it, m2. */
const unfilledM2 = (elements: readonly ThermalElement[]): number =>
  elements.reduce((sum, one) => {
    if (isOuterWall(one)) return sum + one.areaGrossM2 - one.areaNetM2;
    const isFilling = one.kind === 'window' || one.kind === 'door';
    return isFilling && one.exposure !== 'internal' && one.tiltDeg > 60 ? sum - one.areaNetM2 : sum;
  }, 0);

/** What keeps the envelope open, each in a sentence with how much is missing; none when it is closed. */
export const findOpen = (
  plan: BuildingPlan,
  seen: readonly Seen[],
  elements: readonly ThermalElement[],
): Message[] => {
  const missing: Message[] = [];
  if (!plan.cells.some((cell) => cell.heated)) {
    missing.push(
      message(
        'Enveloppe non fermée : aucun volume chauffé n’est délimité (ni locaux, ni étages clos par des murs).',
        'Envelope not closed: no heated volume is bounded (neither rooms nor storeys closed by walls).',
      ),
    );
    return missing;
  }
  for (const part of ['wall', 'roof', 'floor'] as const) {
    const shown = seen.filter((one) => one.part === part && one.exposure !== 'internal');
    const total = shown.reduce((sum, one) => sum + one.areaM2, 0);
    const open = shown.filter((one) => one.element === undefined).reduce((sum, one) => sum + one.areaM2, 0);
    if (open > OPEN_M2 && open > OPEN_SHARE * total)
      missing.push(
        message(
          `Enveloppe non fermée : ${decimalFr(open, 1)} m² de ${nameFr[part]} manquent devant les volumes chauffés.`,
          `Envelope not closed: ${open.toFixed(1)} m2 of ${nameEn[part]} are missing before the heated volumes.`,
        ),
      );
  }
  const has = (kind: 'roof' | 'floor'): boolean =>
    elements.some((one) => one.kind === kind && one.exposure !== 'internal');
  if (!has('roof'))
    missing.push(
      message(
        'Enveloppe non fermée : aucune toiture ni plafond au-dessus des volumes chauffés.',
        'Envelope not closed: no roof or ceiling above the heated volumes.',
      ),
    );
  if (!has('floor'))
    missing.push(
      message(
        'Enveloppe non fermée : aucun plancher bas sous les volumes chauffés.',
        'Envelope not closed: no lowest floor under the heated volumes.',
      ),
    );
  const unfilled = unfilledM2(elements);
  if (unfilled > OPEN_M2 && unfilled > OPEN_SHARE * outerWallsM2(elements))
    missing.push(
      message(
        `Enveloppe non fermée : ${decimalFr(unfilled, 1)} m² d’ouvertures des murs n’ont ni fenêtre ni porte.`,
        `Envelope not closed: ${unfilled.toFixed(1)} m2 of openings in walls have neither window nor door.`,
      ),
    );
  const off = imbalance(elements);
  if (off > UNBALANCED_SHARE)
    missing.push(
      message(
        `Enveloppe non fermée : les façades ne se répondent pas (${Math.round(100 * off)} % de leur surface sans vis-à-vis).`,
        `Envelope not closed: the facades do not balance (${Math.round(100 * off)} % of their area has no opposite).`,
      ),
    );
  return missing;
};
