import { message, type Warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { MeterCarrier, Readings } from '#core/series.ts';

type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'meter'; readonly id: string }
  | {
      readonly kind: 'sum' | 'difference' | 'product' | 'quotient';
      readonly left: Node;
      readonly right: Node;
    };

/** A meter that is not there: a formula over others, kWh in and out. */
export type VirtualMeter = { readonly meters: readonly string[]; readonly node: Node };

const longestFormula = 500;
const token = /\s*(?:(\d+(?:\.\d+)?)|\[([^\]]+)\]|([A-Za-z_][\w.:-]*)|([()+\-*/−×÷]))/y;

type Token = {
  readonly number?: number;
  readonly meter?: string;
  readonly sign?: string;
  readonly at: number;
};

const signs: Readonly<Record<string, string>> = { '−': '-', '×': '*', '÷': '/' };

const tokensOf = (formula: string): Token[] | number => {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < formula.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(formula);
    if (match === null) return at;
    const [, number, quoted, name, sign] = match;
    if (number !== undefined) tokens.push({ number: Number(number), at });
    else if (sign !== undefined) tokens.push({ sign: signs[sign] ?? sign, at });
    else tokens.push({ meter: quoted ?? name ?? '', at });
  }
  return tokens;
};

/**
 * Reads a formula over meters: `main - shop`, `0.6 * (gas_a + gas_b)`, `[PRM 123] / 2`. A dash inside a word belongs to
 * the name, so a difference has spaces; a name with other signs stands in brackets; numbers are plain factors. Fails
 * with `bad-formula`, naming the place.
 */
export const parseFormula = (formula: string): Result<VirtualMeter> => {
  const bad = (at: number): Result<never> =>
    failure(
      'bad-formula',
      `La formule « ${formula} » n’est pas comprise au caractère ${at + 1}. Écrivez par exemple principal - 0.5 * [boutique 2].`,
      `The formula “${formula}” is not understood at character ${at + 1}. Write for example main - 0.5 * [shop 2].`,
    );
  if (formula.length > longestFormula) return bad(longestFormula);
  const tokens = tokensOf(formula);
  if (typeof tokens === 'number') return bad(tokens);
  const meters = new Set<string>();
  let next = 0;
  const sign = (...wanted: readonly string[]): string | undefined => {
    const found = tokens[next]?.sign;
    if (found === undefined || !wanted.includes(found)) return undefined;
    next++;
    return found;
  };
  const atom = (): Node | undefined => {
    if (sign('(') !== undefined) {
      const inside = sum();
      return sign(')') === undefined ? undefined : inside;
    }
    if (sign('-') !== undefined) {
      const negated = atom();
      return negated === undefined
        ? undefined
        : { kind: 'product', left: { kind: 'number', value: -1 }, right: negated };
    }
    const here = tokens[next];
    if (here?.number !== undefined) {
      next++;
      return { kind: 'number', value: here.number };
    }
    if (here?.meter === undefined) return undefined;
    next++;
    meters.add(here.meter);
    return { kind: 'meter', id: here.meter };
  };
  const product = (): Node | undefined => {
    let left = atom();
    for (let one = sign('*', '/'); left !== undefined && one !== undefined; one = sign('*', '/')) {
      const right = atom();
      if (right === undefined) return undefined;
      left = { kind: one === '*' ? 'product' : 'quotient', left, right };
    }
    return left;
  };
  const sum = (): Node | undefined => {
    let left = product();
    for (let one = sign('+', '-'); left !== undefined && one !== undefined; one = sign('+', '-')) {
      const right = product();
      if (right === undefined) return undefined;
      left = { kind: one === '+' ? 'sum' : 'difference', left, right };
    }
    return left;
  };
  const node = sum();
  if (node === undefined || next < tokens.length || meters.size === 0)
    return bad(tokens[Math.min(next, tokens.length - 1)]?.at ?? 0);
  return ok({ meters: [...meters], node });
};

const evaluate = (node: Node, kwhOf: (id: string) => number): number => {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'meter') return kwhOf(node.id);
  const [left, right] = [evaluate(node.left, kwhOf), evaluate(node.right, kwhOf)];
  if (node.kind === 'sum') return left + right;
  if (node.kind === 'difference') return left - right;
  return node.kind === 'product' ? left * right : left / right;
};

/** The energy of a series between two instants: whole readings only; NaN where one is missing, unknown or straddles a bound. */
const within = (readings: Readings): ((fromMs: number, toMs: number) => number) => {
  let at = 0;
  return (fromMs, toMs) => {
    while (at > 0 && readings.startMs[at - 1] >= fromMs) at--;
    while (at < readings.startMs.length && readings.startMs[at] < fromMs) at++;
    let [reached, total] = [fromMs, 0];
    for (
      let index = at;
      index < readings.startMs.length && readings.startMs[index] === reached && reached < toMs;
      index++
    ) {
      total += readings.energyKwh[index];
      reached = readings.endMs[index];
    }
    return reached === toMs ? total : Number.NaN;
  };
};

/**
 * The readings of a virtual meter, on the intervals of the coarsest meter of its formula; an interval stands only where
 * every meter covers it whole with known readings. A result below zero is kept and told: the formula or a meter is
 * wrong. Fails with `unknown-meter`.
 */
export const virtualReadings = (
  name: string,
  meter: VirtualMeter,
  known: ReadonlyMap<string, Readings>,
  carrier?: MeterCarrier,
): Result<Readings> => {
  const parts: Readings[] = [];
  for (const id of meter.meters) {
    const readings = known.get(id);
    if (readings === undefined)
      return failure(
        'unknown-meter',
        `La formule de « ${name} » nomme le compteur « ${id} », qui n’existe pas. Compteurs connus : ${[...known.keys()].join(', ')}.`,
        `The formula of “${name}” names the meter “${id}”, which does not exist. Known meters: ${[...known.keys()].join(', ')}.`,
        { field: id },
      );
    parts.push(readings);
  }
  const meanSpan = ({ startMs, endMs }: Readings): number =>
    startMs.reduce((sum, start, index) => sum + endMs[index] - start, 0) / Math.max(1, startMs.length);
  const grid = parts.reduce((coarsest, one) => (meanSpan(one) > meanSpan(coarsest) ? one : coarsest));
  const walkers = new Map(meter.meters.map((id, index) => [id, within(parts[index])]));
  const energyKwh = Float64Array.from(grid.startMs, (start, index) =>
    evaluate(meter.node, (id) => walkers.get(id)?.(start, grid.endMs[index]) ?? Number.NaN),
  );
  const warnings: Warning[] = [];
  const count = (holds: (kwh: number) => boolean): number => energyKwh.filter(holds).length;
  const told = (code: string, fr: string, en: string): void => {
    warnings.push({ code, message: message(fr, en), ref: name });
  };
  const unknown = count((kwh) => !Number.isFinite(kwh));
  if (unknown > 0)
    told(
      'virtual-missing',
      `${unknown} intervalles sur ${energyKwh.length} sans valeur : un des compteurs n’y a pas de relevé entier.`,
      `${unknown} of ${energyKwh.length} intervals without a value: one of the meters has no whole reading there.`,
    );
  const negative = count((kwh) => kwh < 0);
  if (negative > 0)
    told(
      'virtual-negative',
      `${negative} intervalles négatifs : vérifiez la formule et les compteurs qu’elle retranche.`,
      `${negative} intervals below zero: check the formula and the meters it takes away.`,
    );
  return ok({
    name,
    timezone: grid.timezone,
    resolution: grid.resolution,
    startMs: grid.startMs,
    endMs: grid.endMs,
    energyKwh: energyKwh.map((kwh) => (Number.isFinite(kwh) ? kwh : Number.NaN)),
    source: { format: 'virtual', ...(carrier === undefined ? {} : { carrier }) },
    rowsRead: grid.startMs.length,
    rowsRejected: 0,
    warnings,
  });
};
