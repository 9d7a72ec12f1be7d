import { type Text, useText } from './i18n.ts';

/** The heads of a table whose first column names the row and whose others hold numbers. */
export const NumberHeads = ({ of, columns }: { readonly of: Text; readonly columns: readonly Text[] }) => {
  const t = useText();
  return (
    <thead>
      <tr>
        <th scope="col">{t(of)}</th>
        {columns.map((column) => (
          <th key={column.fr} scope="col" class="number">
            {t(column)}
          </th>
        ))}
      </tr>
    </thead>
  );
};
