import { describe, expect, it } from 'vitest';
import {
  addHref,
  adminHref,
  assumptionsHref,
  buildingHref,
  metersHref,
  programmeHref,
  programmesHref,
  rankingHref,
  resultsHref,
  routeOf,
  stockHref,
} from '../../src/web/router.ts';

describe('the address of a page', () => {
  it('opens the page that it was written for', () => {
    expect(['', '#', stockHref, '#/?tri=name', '#?tri=name'].map((hash) => routeOf(hash).page)).toEqual(
      Array.from({ length: 5 }, () => 'stock'),
    );
    expect(routeOf(rankingHref)).toEqual({ page: 'ranking' });
    expect(routeOf(`${programmesHref}/`)).toEqual({ page: 'programmes', shown: null });
    expect(routeOf(`${programmeHref('12')}?nom=a/b`)).toEqual({ page: 'programmes', shown: '12' });
    expect(routeOf(adminHref('cles'))).toEqual({ page: 'admin', part: 'cles' });
    expect(routeOf(addHref('0f-1'))).toEqual({ page: 'add', draft: '0f-1' });
    expect(routeOf(buildingHref('a/b ?é'))).toEqual({ page: 'building', id: 'a/b ?é' });
    expect(routeOf(resultsHref('a'))).toEqual({ page: 'results', id: 'a' });
    expect(routeOf(assumptionsHref('a'))).toEqual({ page: 'assumptions', id: 'a' });
    expect(routeOf(metersHref('a', 'gaz 1/2', { from: '2024-01-01' }))).toEqual({
      page: 'meters',
      id: 'a',
      meter: 'gaz 1/2',
      from: '2024-01-01',
      to: null,
    });
  });

  it.each([
    '#/programme',
    '#/classement',
    '#/plans',
    '#/constructor',
    '#/programmes/demain',
    '#/administration/coffre',
    '#/batiments',
    '#/batiments/a/facades',
    '#/batiments/a/resultats/b',
    '#/batiments/%E0%A4%A',
    '#/plan/a/b/c/d',
  ])('%s is no page’s, and is told as it was asked', (hash) => {
    expect(routeOf(hash)).toEqual({ page: 'unknown', address: hash });
  });
});
