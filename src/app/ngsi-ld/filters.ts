import { type NgsiCondition, type NgsiType, readUrn, usesOf } from '#formats/ngsi-ld/index.ts';
import { ok, type Result } from '../../core/result.ts';
import { notSupported } from './refusals.ts';

/** Filters of a list of the store by name; undefined where no entity of the type can match. */
export type StoreFilters = Readonly<Record<string, unknown>> | undefined;

type Put = (name: string, value: unknown) => void;
/** Puts the filters of a condition; false where the condition is not supported. */
type Filter = (condition: NgsiCondition, put: Put) => boolean;

const texts = (values: NgsiCondition['values']): string[] => values.map(String);

const equal =
  (name: string, of: (values: NgsiCondition['values']) => readonly string[] = texts): Filter =>
  ({ operator, values }, put) => {
    if (operator !== '==') return false;
    put(name, [...of(values)]);
    return true;
  };

/** No building is older or younger, and the database counts no farther. */
const year = (value: number): number => Math.max(-100_000, Math.min(100_000, value));

const yearRange: Filter = ({ operator, values }, put) => {
  const [value] = values;
  if (typeof value !== 'number' || values.length > 1) return false;
  if (operator === '>=' || operator === '==') put('constructionYearFrom', year(Math.ceil(value)));
  if (operator === '>') put('constructionYearFrom', year(Math.floor(value) + 1));
  if (operator === '<=' || operator === '==') put('constructionYearTo', year(Math.floor(value)));
  if (operator === '<') put('constructionYearTo', year(Math.ceil(value) - 1));
  return true;
};

const areaRange: Filter = ({ operator, values }, put) => {
  const [value] = values;
  if (typeof value !== 'number' || !['>=', '<='].includes(operator)) return false;
  put(operator === '>=' ? 'floorAreaM2From' : 'floorAreaM2To', value);
  return true;
};

const filters: Readonly<Record<NgsiType, Readonly<Record<string, Filter>>>> = {
  Building: {
    category: equal('use', (values) => texts(values).flatMap(usesOf)),
    'address[addressLocality]': equal('commune'),
    constructionYear: yearRange,
    floorArea: areaRange,
    rnb: equal('rnb'),
    bdnb: equal('bdnb'),
    cadastre: equal('cadastre'),
    ownIdentifier: equal('own'),
  },
  DeviceMeasurement: {
    measurementType: equal('carrier'),
    energyUse: equal('use'),
    refBuilding: equal('building', (values) =>
      texts(values).flatMap((urn) => {
        const named = readUrn(urn);
        return named?.type === 'Building' ? [named.id] : [];
      }),
    ),
  },
};

/** The conditions of `q` as filters of the list of a type. Fails with `ngsi-not-supported`. */
export const filtersOf = (
  type: NgsiType,
  conditions: readonly NgsiCondition[],
  ids: readonly string[] | undefined,
): Result<StoreFilters> => {
  const found = new Map<string, unknown>(ids === undefined ? [] : [['id', ids]]);
  let twice = false;
  let none = false;
  for (const condition of conditions) {
    const filter = Object.hasOwn(filters[type], condition.path) ? filters[type][condition.path] : undefined;
    if (filter === undefined) {
      // What another type has, this one has not: nothing of it matches. What none has is a misspelling.
      if (!Object.values(filters).some((known) => Object.hasOwn(known, condition.path)))
        return notSupported(`q=${condition.path}`);
      none = true;
      continue;
    }
    const put: Put = (name, value) => {
      twice ||= found.has(name);
      found.set(name, value);
    };
    if (!filter(condition, put) || twice) return notSupported(`q=${condition.path}${condition.operator}`);
  }
  return ok(none ? undefined : Object.fromEntries(found));
};
