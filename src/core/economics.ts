/** Public real discount rate a year (DOMAIN 5.3: 3 to 4 %; the middle is taken). */
export const DISCOUNT_RATE = 0.035;

/** Present value of one euro a year over `years`, paid at the end of each (EN 15459-1:2017, present value factor). */
export const presentValueFactor = (years: number, rate = DISCOUNT_RATE): number =>
  rate === 0 ? years : (1 - (1 + rate) ** -years) / rate;
