import type { ListedBuilding } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { ListedBuildingView } from './list-views.ts';
import { type Listed, listed, type ListRequest, withFilter } from './listing.ts';
import type { Role } from './privacy.ts';
import type { MeterView } from './save-meter.ts';

export const listedView = ({
  id,
  name,
  use,
  commune,
  constructionYear,
  simulated,
  identifiers,
  floorAreaM2,
  heatLossWK,
}: ListedBuilding): ListedBuildingView => ({
  id,
  name,
  use,
  commune: commune ?? null,
  constructionYear: constructionYear ?? null,
  data: simulated ? 'simulated' : 'metered',
  identifiers: {
    own: [...identifiers.own],
    rnb: [...identifiers.rnb],
    bdnb: [...identifiers.bdnb],
    cadastre: [...identifiers.cadastre],
  },
  floorAreaM2: floorAreaM2 ?? null,
  heatLossWK: heatLossWK ?? null,
});

/** Buildings of the stock, with or without a twin, without fitting anything. */
export const listBuildings = async (
  { store }: AppContext,
  request: ListRequest,
): Promise<Result<Listed<ListedBuildingView>>> => {
  const page = await store.buildings.page(request.query);
  return ok(listed(request, page.items.map(listedView), page));
};

/** Meters of the stock; those of dwellings for the controller of the data alone (promise P7). */
export const listMeters = async (
  { store }: AppContext,
  role: Role,
  request: ListRequest,
): Promise<Result<Listed<Omit<MeterView, 'derivation'>>>> => {
  const seen = role === 'data-controller' ? request : withFilter(request, 'personal', false);
  const page = await store.meters.page(seen.query);
  return ok(listed(request, page.items, page));
};
