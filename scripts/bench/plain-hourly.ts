import type { HourlyNetwork } from '#core/physics/hourly/network.ts';
import type { HourlyDrive } from '#core/physics/hourly/simulate-year.ts';

type Hour = {
  readonly outdoorC: number;
  readonly airWK: number;
  readonly solarW: number;
  readonly internalW: number;
  readonly heatingC: number;
  readonly coolingC: number;
};

type Temperatures = { readonly massC: number; readonly airC: number };

/**
 * The 5R1C as the standard prints it, an object an hour, temperatures worked out anew for each trial power: what a
 * reader of ISO 13790 annex C writes first. The comparator of the bench, and of its figures.
 */
const temperatures = (
  network: HourlyNetwork,
  hour: Hour,
  massBefore: number,
  powerW: number,
): Temperatures => {
  const phiIa = 0.5 * hour.internalW;
  const phiM = network.massShare * (0.5 * hour.internalW + hour.solarW);
  const phiSt = network.surfaceShare * (0.5 * hour.internalW + hour.solarW);
  const htr1 = 1 / (1 / hour.airWK + 1 / network.surfaceAirWK);
  const htr2 = htr1 + network.windowWK;
  const htr3 = 1 / (1 / htr2 + 1 / network.massSurfaceWK);
  const supply = htr1 * ((phiIa + powerW) / hour.airWK + hour.outdoorC);
  const phiMtot =
    phiM +
    network.massOutdoorWK * hour.outdoorC +
    (htr3 * (phiSt + network.windowWK * hour.outdoorC + supply)) / htr2;
  const store = network.capacityJK / 3600;
  const half = 0.5 * (htr3 + network.massOutdoorWK);
  const massC = (massBefore * (store - half) + phiMtot) / (store + half);
  const mean = (massC + massBefore) / 2;
  const surfaceC =
    (network.massSurfaceWK * mean + phiSt + network.windowWK * hour.outdoorC + supply) /
    (network.massSurfaceWK + network.windowWK + htr1);
  const airC =
    (network.surfaceAirWK * surfaceC + hour.airWK * hour.outdoorC + phiIa + powerW) /
    (network.surfaceAirWK + hour.airWK);
  return { massC, airC };
};

/** Heating and cooling of a year, kWh, from the mass at 20 °C. */
export const plainHourlyYear = (
  network: HourlyNetwork,
  drive: HourlyDrive,
): { readonly heatingKwh: number; readonly coolingKwh: number } => {
  const hours = Array.from(
    drive.supplyC,
    (outdoorC, i): Hour => ({
      outdoorC,
      airWK: drive.airWK[i],
      solarW: drive.solarW[i],
      internalW: drive.internalW[i],
      heatingC: drive.heatingC[i],
      coolingC: drive.coolingC[i],
    }),
  );
  let massC = 20;
  let [heatingKwh, coolingKwh] = [0, 0];
  for (const hour of hours) {
    let state = temperatures(network, hour, massC, 0);
    const wanted =
      state.airC < hour.heatingC ? hour.heatingC : state.airC > hour.coolingC ? hour.coolingC : undefined;
    if (wanted !== undefined) {
      const trial = temperatures(network, hour, massC, 1000);
      const powerW = (1000 * (wanted - state.airC)) / (trial.airC - state.airC);
      state = temperatures(network, hour, massC, powerW);
      if (powerW > 0) heatingKwh += powerW / 1000;
      else coolingKwh -= powerW / 1000;
    }
    massC = state.massC;
  }
  return { heatingKwh, coolingKwh };
};
