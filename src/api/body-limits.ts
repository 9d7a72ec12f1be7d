/** Most bytes of one call, as they are sent. The largest model met is 340 MB, the largest certificate under a megabyte. */
export const bodyLimits = {
  json: 1024 ** 2,
  answers: 4 * 1024 ** 2,
  certificate: 20 * 1024 ** 2,
  /** 100,000 readings in JSON are about 10 MB. */
  readings: 16_000_000,
  /** Seventy years of a department's days, compressed, are under twenty megabytes. */
  weather: 64 * 1024 ** 2,
  upload: 1024 ** 3,
} as const;
