import { failure, type Result } from '../../core/result.ts';

/** The refusal `ngsi-bad-request`: BadRequestData of NGSI-LD. */
export const badRequest = (fr: string, en: string, field?: string): Result<never> =>
  failure(
    'ngsi-bad-request',
    `Demande NGSI-LD inexacte : ${fr}`,
    `Wrong NGSI-LD request: ${en}`,
    field === undefined ? {} : { field },
  );

/**
 * The refusal `ngsi-not-supported`: OperationNotSupported of NGSI-LD. What was asked is cut to 200
 * characters.
 */
export const notSupported = (what: string): Result<never> =>
  failure(
    'ngsi-not-supported',
    `« ${what.slice(0, 200)} » n’est pas pris en charge ici. docs/ngsi-ld.md dit ce qui l’est.`,
    `“${what.slice(0, 200)}” is not supported here. docs/ngsi-ld.md says what is.`,
    { field: what.slice(0, 200) },
  );

/** The refusal `ngsi-not-found`: ResourceNotFound of NGSI-LD. */
export const noEntity = (id: string): Result<never> =>
  failure(
    'ngsi-not-found',
    `Il n’y a rien sous le nom « ${id.slice(0, 200)} ».`,
    `There is nothing under the name “${id.slice(0, 200)}”.`,
  );
