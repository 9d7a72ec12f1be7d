import { describe, expect, it } from 'vitest';
import { filterParameters, hasFilter, queryHref, readQuery } from '../../src/web/stock/query.ts';
import { waitingText } from '../../src/web/stock/words.ts';

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

describe('what the page of the stock says of its figures', () => {
  it('tells a building without figures from one whose figures are only computed again', () => {
    expect(waitingText({ waiting: 0, uncomputed: 0 })).toBeNull();
    expect(waitingText({ waiting: 5, uncomputed: 5 })?.fr).toMatch(/^5 bâtiments sont encore à calculer/);
    expect(waitingText({ waiting: 5, uncomputed: 1 })?.en).toMatch(/^1 building is still to be computed/);
    const again = waitingText({ waiting: 5, uncomputed: 0 });
    expect(again?.fr).toMatch(
      /^Les chiffres de 5 bâtiments sont recalculés : ceux de la page sont les derniers connus/,
    );
    expect(again?.en).toMatch(/^The figures of 5 buildings are being computed again/);
  });
});
