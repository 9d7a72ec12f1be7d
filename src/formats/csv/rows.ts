const QUOTE = 34;
const SPACE = 32;
const LF = 10;
const CR = 13;

/**
 * Walks the rows of delimited bytes without making strings. After `next()` the fields of the row are `start[i]` to
 * `end[i]`, blanks and quotes trimmed, for i below `count` (at most `capacity` are kept, all are counted). A line end always ends a row, inside
 * quotes too: readings have no field over two lines, and an unclosed quote must not swallow the rest of the file.
 */
type RowWalker = {
  readonly start: Int32Array;
  readonly end: Int32Array;
  count: number;
  line: number;
  position: number;
  next(): boolean;
};

/**
 * A walker over delimited bytes, before the first row. `delimiter` is a byte, `from` the offset of the first
 * row, `firstLine` its number in the file.
 */
export const walkRows = (
  bytes: Uint8Array,
  delimiter: number,
  capacity: number,
  from = 0,
  firstLine = 1,
): RowWalker => {
  const start = new Int32Array(capacity);
  const end = new Int32Array(capacity);
  const length = bytes.length;
  const walker: RowWalker = {
    start,
    end,
    count: 0,
    line: firstLine - 1,
    position: from,
    next: () => {
      let at = walker.position;
      if (at >= length) return false;
      let count = 0;
      let ended = false;
      while (!ended) {
        while (at < length && bytes[at] === SPACE) at++;
        let left = at;
        let right: number;
        if (bytes[at] === QUOTE) {
          left = ++at;
          while (at < length && bytes[at] !== LF && !(bytes[at] === QUOTE && bytes[at + 1] !== QUOTE))
            at += bytes[at] === QUOTE ? 2 : 1;
          right = Math.min(at, length);
          while (at < length && bytes[at] !== delimiter && bytes[at] !== LF) at++;
        } else {
          let byte = bytes[at];
          while (at < length && byte !== delimiter && byte !== LF) byte = bytes[++at];
          right = at;
        }
        while (right > left && (bytes[right - 1] === SPACE || bytes[right - 1] === CR)) right--;
        if (count < capacity) {
          start[count] = left;
          end[count] = right;
        }
        count++;
        ended = at >= length || bytes[at] === LF;
        at++;
      }
      walker.count = count;
      walker.position = at;
      walker.line++;
      return true;
    },
  };
  return walker;
};
