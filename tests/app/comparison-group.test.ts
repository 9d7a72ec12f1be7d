import { beforeAll, expect, it } from 'vitest';
import { correctStock } from '#app/correct-stock.ts';
import { viewSavings } from '#app/view-savings.ts';
import { withStores } from '../support/database.ts';
import {
  contextAt,
  dayAt,
  heating,
  ripple,
  saveBuilding,
  saveStation,
  sendDays,
} from '../support/daily-stock.ts';

const end = dayAt(2022, 9, 1);
const worksDay = dayAt(2021, 6, 1);
const crisis = dayAt(2021, 8, 1);

withStores('savings against similar buildings', ({ store }) => {
  const context = () => contextAt(store(), () => end);
  /** Every building of the stock takes a tenth less from the crisis on; the treated one a quarter less heat too. */
  const kwh = (size: number, saves: number) => (day: number) =>
    size * (60 + heating(day) * (day >= worksDay ? 1 - saves : 1)) * ripple(day) * (day >= crisis ? 0.9 : 1);

  const stock = (id: string, size: number, saves = 0) =>
    saveBuilding(store(), id, [{ id: `${id}-gaz` }]).then(() =>
      sendDays(store(), `${id}-gaz`, dayAt(2020, 3, 1), end, kwh(size, saves)),
    );
  const told = async () => {
    const corrected = await correctStock(context(), 'traitee');
    if (!corrected.ok) throw new Error(corrected.error.code);
    const views = await viewSavings(context(), 'traitee');
    const [view] = views.ok ? views.value : [];
    if (view?.comparison == null) throw new Error('the works are measured');
    return { ...view, comparison: view.comparison };
  };

  beforeAll(async () => {
    await saveStation(store(), end + 10);
    await stock('traitee', 1, 0.25);
    await store().works.save({
      id: 'murs-2021',
      buildingId: 'traitee',
      measures: ['roof-insulation'],
      startDay: '2021-05-10',
      endDay: '2021-05-31',
    });
    for (let i = 0; i < 4; i++) await stock(`voisine-${i}`, 0.9 + 0.05 * i);
  });

  it('says why there is no group', async () => {
    const { comparison } = await told();
    expect(comparison.group).toBeNull();
    expect(comparison.note.fr).toMatch(/^Pas de groupe de comparaison : le parc a 4 autre/);
    expect(comparison.note.en).toMatch(/5 are needed/);
  });

  it('takes out what befell all of them once there are enough, and tells who they are', async () => {
    await stock('voisine-4', 1.1);
    // Not alike: it heats four times as much a square metre; and one with works of its own.
    await stock('ogre', 4);
    await stock('chantier', 1);
    await store().works.save({
      id: 'chantier-2022',
      buildingId: 'chantier',
      measures: ['windows'],
      startDay: '2022-02-01',
      endDay: '2022-03-01',
    });
    const { comparison, savingsPercent } = await told();
    expect(comparison.group?.buildings.map(({ id }) => id)).toEqual(
      Array.from({ length: 5 }, (_, i) => `voisine-${i}`),
    );
    expect(comparison.group?.changePercent.value).toBeGreaterThan(-11);
    expect(comparison.group?.changePercent.value).toBeLessThan(-5);
    let [without, heat] = [0, 0];
    for (let day = worksDay; day < worksDay + 365; day++) {
      without += 60 + heating(day);
      heat += heating(day);
    }
    const truth = (100 * 0.25 * heat) / without;
    const plainError = Math.abs(savingsPercent.value - truth);
    const groupError = Math.abs((comparison.group?.savingsPercent.value ?? 0) - truth);
    expect(plainError).toBeGreaterThan(5);
    expect(groupError).toBeLessThan(plainError / 2);
    expect(comparison.note.fr).toMatch(
      /^5 bâtiments semblables sans travaux \(.*\) ont pris, .* % de moins que/,
    );
    expect(comparison.group?.savingsPercent.low).toBeLessThan(comparison.group?.savingsPercent.value ?? 0);
  });

  it('is not computed again while nothing has moved, and adds no line', async () => {
    const before = (await store().savings.list()).length;
    await told();
    expect((await store().savings.list()).length).toBe(before);
  });

  it('never tells what one household did: residences of few dwellings count together, unnamed, or not at all', async () => {
    const save = async (dwellings: number, ids: readonly number[]) => {
      for (const i of ids) {
        const building = await store().buildings.get(`voisine-${i}`);
        if (building !== undefined) await store().buildings.save({ ...building, facts: { dwellings } });
      }
      // A new reading of the building with works, so that the comparison is made again.
      await sendDays(store(), 'traitee-gaz', end - 200, end - 199, (day) => kwh(1, 0.25)(day) + dwellings);
      return (await told()).comparison;
    };
    const one = await save(3, [0]);
    expect(one.group).toBeNull();
    await stock('voisine-5', 0.95);
    expect((await save(4, [0])).group?.unnamed).toBe(0);
    const three = await save(5, [0, 1]);
    expect(three.group?.unnamed).toBe(2);
    expect(three.group?.buildings.map(({ id }) => id)).toEqual([2, 3, 4, 5].map((i) => `voisine-${i}`));
    const few = await save(1, [0, 1, 2, 3, 4, 5]);
    expect(few.group).toBeNull();
    expect(few.note.en).toMatch(/5 are needed/);
  });
});
