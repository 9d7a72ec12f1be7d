import type { ComponentChildren } from 'preact';
import { type Text, useText } from './i18n.ts';

type ScrollProps = { readonly name: Text; readonly children: ComponentChildren };

/** A table that may be wider than the screen and holds nothing to focus: it takes the focus itself, so that keys move it. */
export const Scroll = ({ name, children }: ScrollProps) => {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key reaches what lies outside the screen
    <div class="scroll" role="group" tabIndex={0} aria-label={t(name)}>
      {children}
    </div>
  );
};

type TableProps = {
  readonly name: Text;
  /** What stands above the table; its name where nothing is said. */
  readonly caption?: ComponentChildren;
  readonly columns: readonly Text[];
  /** Its rows. */
  readonly children: ComponentChildren;
};

/** The frame of such a table: what it is, its columns, its rows. */
export const ScrolledTable = ({ name, caption, columns, children }: TableProps) => {
  const t = useText();
  return (
    <Scroll name={name}>
      <table>
        <caption>{caption ?? t(name)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.en} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  );
};
