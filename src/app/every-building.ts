import type { Building, Store } from '#store/index.ts';

const PAGE = 500;

/** Every building of the stock in order of id, a page at a time: a list ends at a thousand. */
export const everyBuilding = async function* (store: Store): AsyncGenerator<Building> {
  for (let after = ''; ; ) {
    const page = await store.buildings.list({ after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
};

/** The same as a list, for those who need to know how many there are. */
export const allBuildings = async (store: Store): Promise<Building[]> => {
  const buildings: Building[] = [];
  for await (const building of everyBuilding(store)) buildings.push(building);
  return buildings;
};
