import { closureListSchema, closureRanges, readClosures } from '#formats/closures/index.ts';
import type { Building } from '#store/index.ts';
import { type DayRange, formatRange } from '../core/calendar.ts';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { readFileBytes } from './files.ts';

/** Opens a closures file. Fails as `readFileBytes` and `readClosures` do. */
export const openClosures = (path: string): Result<DayRange[]> => {
  const bytes = readFileBytes(path);
  return bytes.ok ? readClosures(path, new TextDecoder().decode(bytes.value)) : bytes;
};

/**
 * The days of closure against the days of a file: each that lies outside is told, for a calendar may run on past the readings. Fails
 * with `closures-outside` where all do: that calendar is another's.
 */
export const closuresWithin = (
  closures: readonly DayRange[],
  data: DayRange,
  file: string,
): Result<Warning[]> => {
  const outside = closures.filter(({ from, to }) => to < data.from || from > data.to);
  if (closures.length > 0 && outside.length === closures.length)
    return failure(
      'closures-outside',
      `« ${file} » : aucune fermeture ne touche les relevés, qui vont du ${formatRange(data).replace('/', ' au ')}. Vérifiez les années.`,
      `“${file}”: no closure touches the readings, which run from ${formatRange(data).replace('/', ' to ')}. Check the years.`,
      { file },
    );
  return ok(
    outside.map((range) =>
      warning(
        'closure-outside',
        `La fermeture ${formatRange(range)} est hors des relevés : elle ne sert pas.`,
        `The closure ${formatRange(range)} lies outside the readings: it is not used.`,
        { ref: formatRange(range), place: { file } },
      ),
    ),
  );
};

/** The closures of a building as they were given. */
export const givenClosures = (building: Building | undefined) => {
  const given = building?.facts['closures'];
  return given === undefined ? [] : closureListSchema.parse(given);
};

/** The closures of a building of the stock; none where nobody gave any. Throws where the store keeps some that are none. */
export const buildingClosures = (building: Building | undefined): readonly DayRange[] => {
  const ranges = closureRanges(givenClosures(building), building?.id ?? '');
  if (!ranges.ok) throw new Error(ranges.error.message.en);
  return ranges.value;
};
