import { type Text, useText } from './i18n.ts';

/**
 * What a group of rows is about. Over the two first columns alone: a heading as wide as its table has nowhere to go when the table is
 * moved sideways, and would leave the screen with its first columns.
 */
export const GroupHead = ({ title }: { readonly title: Text }) => {
  const t = useText();
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={2}>
        {t(title)}
      </th>
    </tr>
  );
};
