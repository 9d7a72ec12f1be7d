/** What a zero reading means: `missing` drops all of them, `real` none; `auto` drops those of a heating meter on cold days. */
export const zeroRules = ['auto', 'missing', 'real'] as const;
export type ZeroRule = (typeof zeroRules)[number];

/**
 * What the works aimed at. `heating` and, for a heating meter, `auto` take the level that persists; `whole` takes the plain
 * difference of prediction and reading.
 */
export const savingsScopes = ['auto', 'heating', 'whole'] as const;
export type SavingsScope = (typeof savingsScopes)[number];
