import { describe, expect, it } from 'vitest';
import { workedUValues } from '../../scripts/validate/ifc/u-values.ts';
import { corpusPath } from './corpus.ts';

const worked = workedUValues(corpusPath());

describe('worked U-values of the corpus', () => {
  it('are all there', () => {
    expect(worked.length).toBeGreaterThanOrEqual(14);
  });

  it.each(worked)('$metric', ({ holds }) => {
    expect(holds).toBe(true);
  });
});
