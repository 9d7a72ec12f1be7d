import type { Meter } from '#store/index.ts';
import type { Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { meterOf } from './ingest.ts';
import { mayUse, type Role } from './privacy.ts';

/** A meter that the role may see. Fails with `unknown-meter`, and with `personal-data` for a dwelling's. */
export const meterFor = async (context: AppContext, meterId: string, role: Role): Promise<Result<Meter>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  return allowed.ok ? meter : allowed;
};
