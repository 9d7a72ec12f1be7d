import { describe, expect, it } from 'vitest';
import { filterParameters, hasFilter, queryHref, readQuery } from '../../src/web/stock/query.ts';

describe('the stock in the address bar', () => {
  it('is read as it was written, whatever the letters', () => {
    const query = { nom: 'Été & Cie #2', etiquette: 'F,G', couverture: '-90', tri: '-annualEur' };
    expect(readQuery(queryHref(query))).toEqual(query);
    expect(queryHref({ nom: '' })).toBe('#/');
    expect(readQuery('#/')).toEqual({});
  });

  it('leaves out what it does not know', () => {
    expect(readQuery('#/?nom=a&secret=b')).toEqual({ nom: 'a' });
    expect(readQuery('#/batiments/x?nom=a')).toEqual({});
  });

  it('asks the API for each of several values, and for shares of days', () => {
    expect(filterParameters({ etiquette: 'F,G', couverture: '90' }).toString()).toBe(
      'label=F&label=G&coverageFrom=0.9',
    );
    expect(filterParameters({ couverture: '-90', loi: '2028-01-01' }).toString()).toBe(
      'legalBefore=2028-01-01&coverageTo=0.9',
    );
    // A comma in a name is of the name.
    expect(filterParameters({ nom: 'A, B' }).getAll('search')).toEqual(['A, B']);
  });

  it('an order alone is no filter', () => {
    expect(hasFilter({ tri: 'name' })).toBe(false);
    expect(hasFilter({ urgence: 'soon' })).toBe(true);
  });
});
