import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLanguage, useText, words } from '../i18n.ts';
import { stockColumns } from './columns.tsx';
import { type Lines, useLines } from './lines.ts';
import { type StockQuery, usualOrder } from './query.ts';

/** Height of a line before one was drawn, px; then it is measured, since a person may have enlarged the text. */
const USUAL_LINE_PX = 56;
/** Lines drawn above and below those seen, so that a small movement finds them there. */
const SPARE = 1;
const MOST_LINES = 13;

type Window = { readonly first: number; readonly last: number };

/** Which lines are seen, followed once a frame: the page is drawn anew only when another line comes into sight. */
const useWindow = (count: number) => {
  const box = useRef<HTMLDivElement>(null);
  const linePx = useRef(USUAL_LINE_PX);
  const [seen, setSeen] = useState<Window>({ first: 0, last: Math.min(count, MOST_LINES) - 1 });
  const frame = useRef(0);
  const look = (): void => {
    frame.current = 0;
    const { current } = box;
    if (current === null) return;
    const drawn = current.querySelector<HTMLElement>('tr[data-index]');
    if (drawn !== null && drawn.offsetHeight > 0) linePx.current = drawn.offsetHeight;
    const top = Math.floor(current.scrollTop / linePx.current);
    const fit = Math.min(Math.ceil(current.clientHeight / linePx.current), MOST_LINES - 2 * SPARE);
    const first = Math.max(0, Math.min(top - SPARE, count - 1));
    const last = Math.min(count - 1, top + fit + SPARE);
    const focused = document.activeElement?.closest<HTMLElement>('tr[data-index]');
    const at = Number(focused?.dataset['index'] ?? Number.NaN);
    // A line that leaves takes no focus with it: the list itself has it then, and arrows go on from there.
    if (at < first || at > last) current.focus({ preventScroll: true });
    setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
  };
  const follow = (): void => {
    if (frame.current === 0) frame.current = requestAnimationFrame(look);
  };
  useLayoutEffect(look, [count]);
  useEffect(() => {
    addEventListener('resize', follow);
    return () => {
      removeEventListener('resize', follow);
      cancelAnimationFrame(frame.current);
    };
  }, [count]);
  const show = (index: number): void => {
    const { current } = box;
    if (current === null) return;
    const head = current.querySelector('thead')?.offsetHeight ?? 0;
    const top = index * linePx.current;
    const room = current.clientHeight - head - linePx.current;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top > current.scrollTop + room) current.scrollTop = top - room;
    look();
  };
  return { box, linePx: linePx.current, seen, follow, show };
};

/** Where a key leads from a line; undefined for one that leads nowhere. */
const goal = (key: string, from: number, count: number): number | undefined => {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + 8,
    PageUp: from - 8,
    Home: 0,
    End: count - 1,
  };
  const wanted = to[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(count - 1, wanted));
};

type TableProps = {
  readonly query: StockQuery;
  readonly onOrder: (tri: string) => void;
  readonly count: number;
  /** Grows when the figures were computed anew. */
  readonly revision: number;
};

/**
 * The stock as a table of any length, of which only the lines in sight are drawn: a screen reader is told how many there are and which
 * these are, arrows go from line to line, and a line that is still on its way says so.
 */
export const StockTable = ({ query, onOrder, count, revision }: TableProps) => {
  const t = useText();
  const { box, linePx, seen, follow, show } = useWindow(count);
  const lines = useLines(query, revision, seen.first, seen.last);
  const order = query.tri ?? usualOrder;
  const list = JSON.stringify(query);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = 0;
  }, [list]);
  useEffect(() => {
    if (wanted.current === null) return;
    const link = box.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"] a`);
    if (link === null || link === undefined) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  });
  const move = (event: KeyboardEvent): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('tr[data-index]')?.dataset['index'];
    const to = goal(event.key, at === undefined ? seen.first - 1 : Number(at), count);
    if (to === undefined || (event.target as HTMLElement).closest('thead') !== null) return;
    event.preventDefault();
    wanted.current = to;
    show(to);
  };
  const rows: number[] = [];
  for (let index = seen.first; index <= seen.last; index++) rows.push(index);
  return (
    <>
      <div
        ref={box}
        class="lines"
        role="region"
        aria-label={t({ fr: 'Les bâtiments, ligne par ligne', en: 'The buildings, line by line' })}
        aria-describedby="lines-seen"
        tabIndex={0}
        onScroll={follow}
        onKeyDown={move}
      >
        <table
          class="stock"
          aria-rowcount={count + 1}
          aria-label={t({ fr: 'Les bâtiments du parc', en: 'The buildings of the stock' })}
        >
          <thead>
            <tr aria-rowindex={1}>
              {stockColumns.map(({ sort, label, number }) => {
                const active = order === sort || order === `-${sort}`;
                const down = order.startsWith('-');
                return (
                  <th
                    key={sort}
                    scope="col"
                    class={number === true ? 'number' : ''}
                    aria-sort={active ? (down ? 'descending' : 'ascending') : 'none'}
                  >
                    <button
                      type="button"
                      class="sort"
                      onClick={() => onOrder(active && !down ? `-${sort}` : sort)}
                    >
                      {t(label)}
                      {active ? (down ? ' ↓' : ' ↑') : ''}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            <Spacer px={seen.first * linePx} />
            {rows.map((index) => (
              <Row key={index} index={index} lines={lines} />
            ))}
            <Spacer px={(count - 1 - seen.last) * linePx} />
          </tbody>
        </table>
      </div>
      <Seen seen={seen} count={count} lines={lines} />
    </>
  );
};

/** Room for the lines that are not drawn. */
const Spacer = ({ px }: { readonly px: number }) =>
  px > 0 ? (
    <tr class="spacer" aria-hidden="true">
      <td colSpan={stockColumns.length} style={{ height: `${px}px` }} />
    </tr>
  ) : null;

const Row = ({ index, lines }: { readonly index: number; readonly lines: Lines }) => {
  const t = useText();
  const line = lines.at(index);
  if (line === undefined)
    return (
      <tr data-index={index} aria-rowindex={index + 2} aria-busy="true">
        <td colSpan={stockColumns.length} class="quiet">
          {t(words.loading)}
        </td>
      </tr>
    );
  return (
    <tr data-index={index} aria-rowindex={index + 2}>
      {stockColumns.map(({ sort, number, cell }, at) =>
        at === 0 ? (
          <th key={sort} scope="row">
            {cell(line)}
          </th>
        ) : (
          <td key={sort} class={number === true ? 'number' : ''}>
            {cell(line)}
          </td>
        ),
      )}
    </tr>
  );
};

const Seen = ({
  seen,
  count,
  lines,
}: {
  readonly seen: Window;
  readonly count: number;
  readonly lines: Lines;
}) => {
  const t = useText();
  const language = useLanguage();
  const write = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB');
  const [from, to, of] = [seen.first + 1, seen.last + 1, count].map((one) => write.format(one));
  return (
    <>
      <p id="lines-seen" class="quiet">
        {t({
          fr: `Lignes ${from} à ${to} sur ${of}. Flèches, page suivante, début et fin vont d’une ligne à l’autre.`,
          en: `Lines ${from} to ${to} of ${of}. Arrows, page down, home and end go from line to line.`,
        })}
      </p>
      {lines.problem !== null && (
        <div role="alert" class="alert">
          <p>{t(lines.problem)}</p>
          <button type="button" class="plain" onClick={lines.retry}>
            {t(words.retry)}
          </button>
        </div>
      )}
    </>
  );
};
